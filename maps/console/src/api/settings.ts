/** What a district sets itself, what was changed, and when a limit would be due. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type {
  DayRow,
  HoursRow,
  LimitRow,
  PrecedenceRow,
  SettingRow,
  SupervisionRow,
  TimeUnit,
} from "./types";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const settingsQuery = () =>
  queryOptions({ queryKey: ["settings"], queryFn: () => taken(api.GET("/api/settings")) });

export const changesQuery = () =>
  queryOptions({
    queryKey: ["settings", "changes"],
    queryFn: () => taken(api.GET("/api/settings/changes")),
  });

export interface Limiting {
  start: string;
  amount: number;
  unit: TimeUnit;
}

export const dueQuery = (asked: Limiting) =>
  queryOptions({
    queryKey: ["settings", "due", asked],
    queryFn: () => taken(api.GET("/api/settings/due", { params: { query: asked } })),
  });

/** The rows of each table, as they are drafted and saved. */
export interface Tables {
  hours: HoursRow[];
  days: DayRow[];
  limits: LimitRow[];
  supervision: SupervisionRow[];
  precedence: PrecedenceRow[];
  settings: SettingRow[];
}

interface Saved {
  rulebook: number;
  reason: string;
}

/** One way to save for each table, with the rulebook that it was changed by. */
export const SAVE: { [Name in keyof Tables]: (rows: Tables[Name], by: Saved) => Promise<unknown> } = {
  hours: (rows, by) => taken(api.PUT("/api/settings/hours", { body: { rows, ...by } })),
  days: (rows, by) => taken(api.PUT("/api/settings/days", { body: { rows, ...by } })),
  limits: (rows, by) => taken(api.PUT("/api/settings/limits", { body: { rows, ...by } })),
  supervision: (rows, by) => taken(api.PUT("/api/settings/supervision", { body: { rows, ...by } })),
  precedence: (rows, by) => taken(api.PUT("/api/settings/precedence", { body: { rows, ...by } })),
  settings: (rows, by) => {
    const kept = rows.map(({ name, value, basis }) => ({ name, value, basis }));
    return taken(api.PUT("/api/settings/figures", { body: { rows: kept, ...by } }));
  },
};

export interface Handed extends Saved {
  sheet: "days" | "limits";
  file: File;
}

/** The workbook is the request's body. */
export const handInSheet = ({ sheet, file, ...query }: Handed) =>
  taken(
    api.POST("/api/settings/{sheet}/file", {
      params: { path: { sheet }, query },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": XLSX },
    }),
  );

export const sheetFile = (sheet: "days" | "limits"): string => `/api/settings/${sheet}/file`;
