import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DayRow, HoursRow, Settings } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useFormat } from "../../words/format";
import { SaveBar } from "./SaveBar";
import { SheetActs } from "./SheetActs";
import { TimeField } from "./TimeField";
import { useDraft } from "./useDraft";
import { YearView } from "./YearView";

/** Working hours by weekday, and the days of a year that differ. */
export function CalendarSection({ found }: { found: Settings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const thisYear = Number(format.civilDay(useNow(60_000)).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const days = useDraft("days", found);
  const working = new Set(found.hours.map((row) => row.weekday));
  return (
    <>
      <Hours found={found} />
      <div className="settings-head">
        <h2>{t("settings.days")}</h2>
        <Select
          aria-label={t("settings.year")}
          value={year}
          onChange={setYear}
          options={[-1, 0, 1, 2].map((on) => ({ value: thisYear + on, label: thisYear + on }))}
          data-testid="calendar-year"
        />
        <SheetActs sheet="days" found={found} />
      </div>
      <p className="quiet">{t("settings.daysHint")}</p>
      <SaveBar draft={days} />
      <YearView
        year={year}
        rows={days.rows}
        worksOn={(weekday) => working.has(weekday)}
        locked={!found.may_change}
        onChange={(rows: DayRow[]) => days.set(rows)}
      />
    </>
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

function Hours({ found }: { found: Settings }) {
  const { t } = useTranslation();
  const draft = useDraft("hours", found);
  const change = (row: HoursRow, change: Partial<HoursRow>) =>
    draft.set(draft.rows.map((one) => (one === row ? { ...one, ...change } : one)));
  const locked = !found.may_change;
  return (
    <section aria-label={t("settings.hours")} data-testid="hours">
      <h2>{t("settings.hours")}</h2>
      <ul className="plain hours-of">
        {WEEKDAYS.map((weekday) => (
          <li key={weekday}>
            <span className="weekday">{t(`settings.weekday.${weekday}`)}</span>
            {draft.rows
              .filter((row) => row.weekday === weekday)
              .map((row, place) => (
                <span key={place} className="stretch">
                  {(["opens", "closes"] as const).map((edge) => (
                    <TimeField
                      key={edge}
                      label={`${t(`settings.weekday.${weekday}`)} ${t(`settings.column.${edge}`)}`}
                      disabled={locked}
                      value={row[edge]}
                      onChange={(at) => change(row, { [edge]: at })}
                    />
                  ))}
                  {!locked && (
                    <Button
                      size="small"
                      type="text"
                      aria-label={t("settings.remove")}
                      onClick={() => draft.set(draft.rows.filter((one) => one !== row))}
                    >
                      ×
                    </Button>
                  )}
                </span>
              ))}
            {!locked && (
              <Button
                size="small"
                onClick={() =>
                  draft.set([...draft.rows, { weekday, opens: "18:00", closes: "20:00" }])
                }
              >
                {t("settings.addStretch")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <SaveBar draft={draft} />
    </section>
  );
}
