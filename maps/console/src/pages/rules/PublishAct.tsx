import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Input, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { publishTable, ruleFindingsQuery } from "../../api/rules";
import type { RuleFindings, RuleTable, RuleTableList } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { bar } from "./choice";

interface Props {
  list: RuleTableList;
  table: RuleTable;
}

/** The one act of the page: let this table answer from a day on, or say what is lacking. */
export function PublishAct({ list, table }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const findings = useQuery(ruleFindingsQuery(table.no));
  const [open, setOpen] = useState(false);
  const contradictions = findings.data?.contradictions.length;
  const barred = bar(table, list.rulebook, contradictions);
  return (
    <div className="publish-act">
      {barred && (
        <span className="lacking" id="publish-why" data-testid="publish-why">
          {t(`rules.bar.${barred}`, { count: contradictions ?? 0 })}
        </span>
      )}
      <Button
        type="primary"
        disabled={barred !== null || !canWrite}
        aria-describedby={barred ? "publish-why" : undefined}
        onClick={() => setOpen(true)}
        data-testid="publish"
      >
        {t("rules.publishNo", { no: table.no })}
      </Button>
      {open && (
        <PublishDialog list={list} table={table} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

function PublishDialog({ list, table, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [day, setDay] = useState(list.today);
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const sending = useMutation({
    mutationFn: publishTable,
    onSuccess: async () => {
      await client.invalidateQueries();
      onClose();
    },
  });
  const { no } = table;
  const send = () => {
    setAsked(true);
    if (reason.trim()) sending.mutate({ no, holds_from: day, reason: reason.trim() });
  };
  return (
    <Modal
      open
      title={t("rules.publishNo", { no })}
      okText={t("editions.publish")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ "data-testid": "publish-send" }}
    >
      <div className="dialog" data-testid="publish-dialog">
        <WhatHappens list={list} table={table} day={day} />
        <label htmlFor="publish-day">{t("rules.holdsFrom")}</label>
        <DatePicker
          id="publish-day"
          allowClear={false}
          value={dayjs(day)}
          minDate={dayjs(list.today)}
          onChange={(chosen) => chosen && setDay(chosen.format("YYYY-MM-DD"))}
        />
        <label htmlFor="publish-reason">{t("editions.reason")}</label>
        <Input.TextArea
          id="publish-reason"
          value={reason}
          maxLength={500}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
        {asked && !reason.trim() && (
          <div className="lacking" role="alert">
            {t("case.lacking", { label: t("editions.reason") })}
          </div>
        )}
        {sending.error && (
          <RegionError error={sending.error} what={t("rules.publishFailed", { no })} reading={false} />
        )}
      </div>
    </Modal>
  );
}

/** In words: from which day, instead of which, what the trial found and what nobody answers for. */
function WhatHappens({ list, table, day }: Props & { day: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const findings = useQuery({
    ...ruleFindingsQuery(table.no, day),
    placeholderData: (before: RuleFindings | undefined) => before,
  });
  const answering = list.items.find(({ state }) => state === "answering")?.no;
  const { no, tried } = table;
  const gaps = findings.data;
  if (findings.error) return <RegionError error={findings.error} what={t("rules.findingsFailed")} />;
  if (!gaps) return <Loading rows={3} />;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        answering === undefined
          ? t("rules.willAnswer", { no, day })
          : t("rules.willReplace", { no, day, answering })
      }
      description={
        <>
          {tried && (
            <p>
              {t("rules.triedAt", {
                changed: format.number(tried.changed),
                cases: format.number(tried.cases),
              })}
            </p>
          )}
          {gaps.pairs > 0 && (
            <p>
              {t("rules.gaps", {
                categories: gaps.categories,
                units: gaps.units,
                pairs: format.number(gaps.pairs),
                day: gaps.day,
              })}
            </p>
          )}
          <p>{t("rules.casesStay")}</p>
        </>
      }
    />
  );
}
