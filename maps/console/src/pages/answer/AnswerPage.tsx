import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { answerQuery, judgeAnswer } from "../../api/answers";
import { isProblem } from "../../api/problem";
import type { Answer, Judgement } from "../../api/types";
import { LangSwitch } from "../../parts/session/LangSwitch";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import "./answer.css";

const CHOICES = ["yes", "partly", "no"] as const;

/** What became of a report, for whoever holds its link. */
export function AnswerPage() {
  const { t } = useTranslation();
  const { token = "" } = useParams();
  const found = useQuery(answerQuery(token));
  return (
    <main className="answer" data-testid="answer">
      <header>
        <h1>{t("answer.title")}</h1>
        <LangSwitch />
      </header>
      {isUnknown(found.error) && <Unknown />}
      {found.error && !isUnknown(found.error) && (
        <RegionError
          error={found.error}
          what={t("answer.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={5} />}
      {found.data && <Told answer={found.data} />}
      {found.data?.may_judge && <Judge key={token} token={token} answer={found.data} />}
    </main>
  );
}

const isUnknown = (error: unknown): boolean => isProblem(error) && error.status === 404;

/** The link leads to no report: what may have become of it, and what to do. */
function Unknown() {
  const { t } = useTranslation();
  return (
    <section className="answer-unknown" role="alert" data-testid="answer-unknown">
      <h2>{t("answer.unknown")}</h2>
      <p>{t("answer.unknownWhy")}</p>
      <p>{t("answer.unknownNext")}</p>
    </section>
  );
}

function Told({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const lines: [string, string | null][] = [
    [t("answer.due"), answer.due_at && format.stamp(answer.due_at)],
    [t("answer.result"), answer.result],
    [t("answer.dismissed"), answer.dismissed],
    [t("answer.reply"), answer.reply],
  ];
  return (
    <>
      <p className="answer-state" data-testid="answer-state">
        {say(answer.state)}
      </p>
      <dl>
        <dt>{t("answer.told", { at: format.stamp(answer.received_at) })}</dt>
        <dd>{answer.text}</dd>
        {lines
          .filter(([, text]) => text)
          .map(([label, text]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

/** Satisfied, partly, or not, with a reason; may be said again. */
function Judge({ token, answer }: { token: string; answer: Answer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [satisfied, setSatisfied] = useState<Judgement["satisfied"] | null>(
    answer.feedback?.satisfied ?? null,
  );
  const [reason, setReason] = useState(answer.feedback?.reason ?? "");
  const sending = useMutation({
    mutationFn: (body: Judgement) => judgeAnswer(token, body),
    onSuccess: (saved) => client.setQueryData(answerQuery(token).queryKey, saved),
  });
  const lacking = satisfied === "no" && reason.trim() === "";
  return (
    <form
      className="answer-judge"
      onSubmit={(event) => {
        event.preventDefault();
        if (satisfied && !lacking) sending.mutate({ satisfied, reason: reason.trim() || null });
      }}
    >
      <h2>{t("answer.judge")}</h2>
      <Radio.Group
        value={satisfied}
        onChange={(event) => setSatisfied(event.target.value as Judgement["satisfied"])}
        options={CHOICES.map((code) => ({ value: code, label: t(`answer.${code}`) }))}
      />
      <label htmlFor="answer-reason">
        {t(satisfied === "no" ? "answer.reasonNeeded" : "answer.reason")}
      </label>
      <Input.TextArea
        id="answer-reason"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        type="primary"
        htmlType="submit"
        disabled={!satisfied || lacking}
        loading={sending.isPending}
        data-testid="answer-send"
      >
        {t("answer.send")}
      </Button>
      {sending.isSuccess && <p role="status">{t("answer.thanks")}</p>}
      {sending.error && (
        <RegionError error={sending.error} what={t("answer.notSent")} reading={false} />
      )}
    </form>
  );
}
