import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Descriptions, Input, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Stepping } from "../../api/admission";
import { admissionQuery, admissionsQuery, stepAdmission } from "../../api/admission";
import type { AdmissionWhole } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  no: number;
  acts: readonly string[];
  onClose: () => void;
}

/** One item: what it states, how it came to be so, and the next step. */
export function AdmissionPanel({ no, acts, onClose }: Props) {
  const { t } = useTranslation();
  const found = useQuery(admissionQuery(no));
  return (
    <aside className="admission-panel" aria-label={t("rules.item", { no })} data-testid="admission-item">
      <div className="side-head">
        <h2>{t("rules.item", { no })}</h2>
        <Button size="small" onClick={onClose}>
          {t("case.close")}
        </Button>
      </div>
      {found.error && (
        <RegionError
          error={found.error}
          what={t("rules.admissionFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {found.data && (
        <>
          <Stated item={found.data} />
          <Steps item={found.data} acts={acts} />
          <History item={found.data} />
        </>
      )}
    </aside>
  );
}

function Stated({ item }: { item: AdmissionWhole }) {
  const { t } = useTranslation();
  const say = useSay();
  const rows: [string, string | null | undefined][] = [
    [t("rules.column.item"), item.title],
    [t("rules.column.kind"), say(item.kind_name)],
    [t("rules.column.state"), say(item.state_name)],
    [t("rules.column.category"), say(item.category.name)],
    [t("rules.column.communities"), item.unit?.name ?? t("rules.every")],
    [t("rules.column.term"), `${item.starts} – ${item.ends ?? "…"}`],
    [t("rules.column.basis"), item.basis],
    [t("rules.stated.authority"), item.authority],
    [t("rules.stated.object"), item.object],
    [t("rules.stated.power"), item.power],
    [t("rules.stated.funds"), item.funds],
    [t("rules.stated.exemption"), say(item.exemption_name)],
  ];
  return (
    <Descriptions
      size="small"
      column={1}
      items={rows.flatMap(([label, said]) => (said ? [{ key: label, label, children: said }] : []))}
    />
  );
}

const NEXT: Readonly<Record<string, readonly Stepping["step"][]>> = {
  applied: ["review"],
  reviewed: ["approve", "refuse"],
};
const ACT = { review: "admission.review", approve: "admission.decide", refuse: "admission.decide" };

/** What the account may do next; a refusal is given in writing. */
function Steps({ item, acts }: { item: AdmissionWhole; acts: readonly string[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const [words, setWords] = useState("");
  const [asked, setAsked] = useState(false);
  const sending = useMutation({
    mutationFn: stepAdmission,
    onSuccess: () => client.invalidateQueries({ queryKey: admissionsQuery().queryKey }),
  });
  const steps = (NEXT[item.state] ?? []).filter((step) => acts.includes(ACT[step]));
  if (steps.length === 0) return null;
  const send = (step: Stepping["step"]) => {
    setAsked(step === "refuse");
    if (step !== "refuse" || words.trim()) sending.mutate({ no: item.no, step, words: words.trim() });
  };
  return (
    <div className="dialog">
      <label htmlFor="step-words">{t("rules.opinion")}</label>
      <Input.TextArea
        id="step-words"
        value={words}
        maxLength={2000}
        rows={2}
        onChange={(event) => setWords(event.target.value)}
      />
      {asked && !words.trim() && (
        <div className="lacking" role="alert">
          {t("rules.refuseInWriting")}
        </div>
      )}
      {sending.error && (
        <RegionError error={sending.error} what={t("rules.stepFailed")} reading={false} />
      )}
      <div className="acts">
        {steps.map((step) => (
          <Button
            key={step}
            type={step === "refuse" ? "default" : "primary"}
            disabled={!canWrite}
            loading={sending.isPending}
            onClick={() => send(step)}
            data-testid={`step-${step}`}
          >
            {t(`rules.step.${step}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

function History({ item }: { item: AdmissionWhole }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  return (
    <Timeline
      className="admission-history"
      items={item.history.map(({ seq, name, at, by_name, detail }) => ({
        key: seq,
        content: (
          <>
            <b>{say(name)}</b> <small className="quiet">{`${format.stamp(at)} ${by_name}`}</small>
            {typeof detail.words === "string" && detail.words && <div>{detail.words}</div>}
            {detail.at_once === true && <div className="quiet">{t("rules.atOnce")}</div>}
          </>
        ),
      }))}
    />
  );
}
