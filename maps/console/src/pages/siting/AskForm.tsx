import { Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { SitingWish, WalkType } from "../../api/types";
import { useSay } from "../../words/locale";

const QUESTIONS = ["standard", "cheapest", "reach"] as const;
const FIRST_BUDGET = 1_000;

interface Props {
  types: readonly WalkType[];
  busy: boolean;
  onAsk: (wish: SitingWish) => void;
}

/** What is asked of the candidates: which question, with how much money. */
export function AskForm({ types, busy, onAsk }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const [question, setQuestion] = useState<SitingWish["question"]>("standard");
  const [budget, setBudget] = useState<number | null>(FIRST_BUDGET);
  const [standard, setStandard] = useState<number | null>(null);
  const [minutes, setMinutes] = useState<number | null>(null);
  const [most] = [...types].sort((one, other) => other.open - one.open);
  const [type, setType] = useState(most?.type ?? "");
  const reach = question === "reach";
  const ask = () =>
    onAsk({
      question,
      own: [],
      ...(question !== "cheapest" && { budget }),
      ...(reach ? { type, minutes } : { standard }),
    });
  return (
    <div className="choices" role="group" aria-label={t("siting.ask")}>
      <Select
        aria-label={t("siting.question")}
        value={question}
        onChange={setQuestion}
        options={QUESTIONS.map((value) => ({ value, label: t(`siting.questions.${value}`) }))}
        style={{ minWidth: 300 }}
        popupMatchSelectWidth={false}
        data-testid="siting-question"
      />
      {question !== "cheapest" && (
        <InputNumber
          aria-label={t("siting.budget")}
          prefix={t("siting.budget")}
          placeholder={t("siting.noLimit")}
          min={0}
          value={budget}
          onChange={setBudget}
          style={{ width: 170 }}
          changeOnWheel={false}
          data-testid="siting-budget"
        />
      )}
      {reach ? (
        <>
          <Select
            aria-label={t("walking.type")}
            value={type}
            onChange={setType}
            options={types.map((one) => ({
              value: one.type,
              label: `${say(one.name)} (${one.open})`,
            }))}
            showSearch={{ optionFilterProp: "label" }}
            style={{ minWidth: 200 }}
          />
          <InputNumber
            aria-label={t("walking.minutes")}
            min={1}
            max={120}
            value={minutes}
            onChange={setMinutes}
            placeholder={t("siting.asSet")}
            suffix={t("walking.minutesShort")}
            style={{ width: 120 }}
            changeOnWheel={false}
          />
        </>
      ) : (
        <InputNumber
          aria-label={t("siting.standard")}
          min={1}
          value={standard}
          onChange={setStandard}
          placeholder={t("siting.asSet")}
          suffix={t("coverage.unit")}
          style={{ width: 240 }}
          changeOnWheel={false}
        />
      )}
      <Button type="primary" loading={busy} onClick={ask} data-testid="siting-solve">
        {t("siting.solve")}
      </Button>
    </div>
  );
}
