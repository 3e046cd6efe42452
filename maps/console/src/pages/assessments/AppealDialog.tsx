import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { appealAgainst } from "../../api/assessments";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import type { Side } from "./Results";

/** The figure that is objected to. */
export interface Against {
  case_no: string;
  figure: string;
  name: string;
  points: number;
}

interface Props {
  against: Against;
  side: Side;
  body: string;
  onClose: () => void;
}

/** Object to one figure, in words; somebody else decides. */
export function AppealDialog({ against, side, body, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const sending = useMutation({
    mutationFn: appealAgainst,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["assessments"] });
      onClose();
    },
  });
  const { case_no, figure, name, points } = against;
  return (
    <Modal
      open
      title={t("assessments.appealTitle", { name, points: format.number(points, 1) })}
      okText={t("assessments.appeal")}
      cancelText={t("case.cancel")}
      onOk={() => sending.mutate({ case_no, side, body, figure, reason })}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ disabled: reason.trim() === "", "data-testid": "appeal-send" }}
    >
      <p className="quiet">{t("assessments.appealHint")}</p>
      <label htmlFor="appeal-reason">{t("assessments.reason")}</label>
      <Input.TextArea
        id="appeal-reason"
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {sending.error && (
        <RegionError error={sending.error} what={t("assessments.notSaved")} reading={false} />
      )}
    </Modal>
  );
}
