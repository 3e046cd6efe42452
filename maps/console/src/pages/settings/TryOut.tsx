import { useQuery } from "@tanstack/react-query";
import { DatePicker, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { dueQuery } from "../../api/settings";
import type { Settings, TimeUnit } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { options } from "../../parts/move/choices";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { TimeField } from "./TimeField";

interface Asked {
  amount: number;
  unit: TimeUnit;
}

interface Props {
  found: Settings;
  asked: Asked;
  onChange: (asked: Asked) => void;
}

/** When a limit would be due, day by day, by the calendar that holds. */
export function TryOut({ found, asked, onChange }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const today = format.civilDay(useNow(60_000));
  const [day, setDay] = useState<string | null>(null);
  const [time, setTime] = useState("09:00");
  const midnight = Date.parse(format.dayStart(day ?? today));
  const start = new Date(midnight + minutesOf(time) * 60_000).toISOString();
  const drawn = useQuery(dueQuery({ ...asked, start }));
  return (
    <section aria-label={t("settings.try")} data-testid="try-out">
      <h2>{t("settings.try")}</h2>
      <p className="quiet">{t("settings.tryHint")}</p>
      <div className="try-fields">
        <label>
          {t("settings.from")}
          <DatePicker
            allowClear={false}
            value={dayjs(day ?? today)}
            onChange={(chosen) => setDay(chosen?.format("YYYY-MM-DD") ?? null)}
          />
        </label>
        <TimeField
          label={t("settings.fromTime")}
          value={time}
          onChange={setTime}
        />
        <InputNumber
          aria-label={t("settings.column.amount")}
          min={0.25}
          max={9999}
          value={asked.amount}
          onChange={(amount) => onChange({ ...asked, amount: amount ?? 1 })}
          data-testid="try-amount"
        />
        <Select
          aria-label={t("settings.column.unit")}
          value={asked.unit}
          onChange={(unit) => onChange({ ...asked, unit })}
          options={options(found.units, say) as { value: TimeUnit; label: string }[]}
        />
      </div>
      {drawn.error && <RegionError error={drawn.error} what={t("settings.tryFailed")} />}
      {drawn.isPending && <Loading rows={4} />}
      {drawn.data && (
        <>
          <p className="due-at" data-testid="due-at">
            {t("settings.dueAt", { at: format.stamp(drawn.data.due_at) })}
          </p>
          <ol className="plain steps-of">
            {drawn.data.steps.map((step) => (
              <li key={step.day} className={step.used > 0 ? "counts" : "quiet"}>
                <span className="figure">{step.day}</span>
                <span>
                  {t(`settings.kind.${step.kind}`)}
                  {step.note && ` · ${step.note}`}
                </span>
                <span className="figure">{step.used > 0 && `+${format.number(step.used, 2)}`}</span>
              </li>
            ))}
          </ol>
          {drawn.data.steps.length === 0 && <p className="quiet">{t("settings.tooLong")}</p>}
        </>
      )}
    </section>
  );
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}
