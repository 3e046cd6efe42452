import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changesQuery, editionsQuery, publishEdition, rejudgingQuery } from "../../api/editions";
import { isProblem } from "../../api/problem";
import type { EditionRow } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { RejudgeAct } from "./RejudgeAct";
import { useCounted } from "./useCounted";

interface Props {
  edition: EditionRow;
  answering: number | null;
  acts: readonly string[];
  onClose: () => void;
}

/** Says what publishing will do, asks why, and offers to judge the open cases again. */
export function PublishDialog({ edition, answering, acts, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [again] = useState(edition.published_at !== null);
  const sending = useMutation({
    mutationFn: publishEdition,
    onSuccess: () => client.invalidateQueries(),
    // Another edition answers by now: what the dialog says must follow before it is sent again.
    onError: (error) => {
      if (isProblem(error) && error.status === 409) {
        void client.invalidateQueries({ queryKey: editionsQuery().queryKey });
      }
    },
  });
  const { no } = edition;
  const verb = t(again ? "editions.rollBack" : "editions.publish");
  const send = () => {
    setTried(true);
    if (reason.trim()) sending.mutate({ no, reason: reason.trim(), answering });
  };
  if (sending.data) {
    return (
      <Modal open title={t("editions.published", { no })} footer={null} onCancel={onClose}>
        <div className="publish-dialog" data-testid="published">
          <p>{t("editions.publishedNext")}</p>
          {acts.includes("case.rejudge") && <RejudgeAct pending={null} />}
          <Button onClick={onClose} data-testid="publish-done">
            {t("case.close")}
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t(again ? "editions.rollBackTo" : "editions.publishNo", { no })}
      okText={verb}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ "data-testid": "publish-send" }}
    >
      <div className="publish-dialog" data-testid="publish-dialog">
        <WhatHappens no={no} answering={answering} acts={acts} />
        <label htmlFor="publish-reason">{t("editions.reason")}</label>
        <Input.TextArea
          id="publish-reason"
          value={reason}
          maxLength={500}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
        {tried && !reason.trim() && (
          <div className="lacking" role="alert">
            {t("case.lacking", { label: t("editions.reason") })}
          </div>
        )}
        {sending.error && (
          <RegionError
            error={sending.error}
            what={t("editions.publishFailed", { no })}
            reading={false}
          />
        )}
      </div>
    </Modal>
  );
}

/** In words: from when, instead of which, and what it changes for ground and cases. */
function WhatHappens({ no, answering, acts }: Omit<Props, "edition" | "onClose"> & { no: number }) {
  const { t } = useTranslation();
  const counted = useCounted();
  const compared = useQuery({ ...changesQuery(no, answering ?? no), enabled: answering !== null });
  const cases = useQuery({ ...rejudgingQuery(no), enabled: acts.includes("case.read") });
  const error = compared.error ?? cases.error;
  if (error) return <RegionError error={error} what={t("editions.changesFailed")} />;
  if (compared.isLoading || cases.isLoading) return <Loading rows={3} />;
  const changes = Object.entries(compared.data?.counts ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${t(`editions.kind.${kind}`)} ${count}`)
    .join(t("state.comma"));
  return (
    <Alert
      type="warning"
      showIcon
      title={
        answering === null
          ? t("editions.willAnswer", { no })
          : t("editions.willReplace", { no, answering })
      }
      description={
        <>
          {compared.data && (
            <p>{changes ? t("editions.willChange", { changes }) : t("editions.sameGround")}</p>
          )}
          {cases.data && <p>{counted.preview(cases.data)}</p>}
          <p>{t("editions.casesStay")}</p>
        </>
      }
    />
  );
}
