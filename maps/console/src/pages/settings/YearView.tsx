import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { DayRow } from "../../api/types";
import { monthsOf, toggled } from "./year";

interface Props {
  year: number;
  rows: readonly DayRow[];
  /** Whether there is work on an ordinary day of this weekday, 1 Monday to 7 Sunday. */
  worksOn: (weekday: number) => boolean;
  locked: boolean;
  onChange: (rows: DayRow[]) => void;
}

/** The twelve months of a year; a day is chosen to make it a holiday, a working day, or usual. */
export function YearView({ year, rows, worksOn, locked, onChange }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const known = new Map(rows.map((row) => [row.day, row]));
  const picked = chosen ? known.get(chosen) : undefined;
  const name = (day: string, weekday: number) => {
    const row = known.get(day);
    const usual = t(worksOn(weekday) ? "settings.kind.working" : "settings.kind.rest");
    const says = row ? t(row.working ? "settings.kind.make_up" : "settings.kind.holiday") : usual;
    return [day, says, row?.note].filter(Boolean).join(" ");
  };
  return (
    <>
      {picked && !locked && (
        <label className="day-note">
          {t("settings.noteOf", { day: picked.day })}
          <Input
            maxLength={200}
            value={picked.note}
            onChange={(event) =>
              onChange(
                rows.map((row) => (row === picked ? { ...row, note: event.target.value } : row)),
              )
            }
            data-testid="day-note"
          />
        </label>
      )}
      <div className="year" data-testid="year-view">
        {monthsOf(year).map(({ month, blanks, days }) => (
          <div key={month} className="month" role="group" aria-label={month}>
            <b>{month}</b>
            <div className="month-days">
              {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                <small key={weekday} className="quiet">
                  {t(`settings.short.${weekday}`)}
                </small>
              ))}
              {Array.from({ length: blanks }, (_, place) => (
                <span key={place} />
              ))}
              {days.map(({ day, number, weekday }) => {
                const row = known.get(day);
                const marked = row ? (row.working ? "make-up" : "holiday") : "";
                return (
                  <button
                    key={day}
                    type="button"
                    disabled={locked}
                    data-day={day}
                    aria-pressed={row !== undefined}
                    aria-label={name(day, weekday)}
                    title={name(day, weekday)}
                    className={`${worksOn(weekday) ? "" : "rest"} ${marked}`}
                    onClick={() => {
                      setChosen(day);
                      onChange(toggled(rows, day, worksOn(weekday)));
                    }}
                  >
                    {number}
                    {row && <i>{t(row.working ? "settings.markWork" : "settings.markRest")}</i>}
                  </button>
                );
              })}
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
