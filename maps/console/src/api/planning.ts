/** Coverage, standards and facilities. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { Theme } from "./types";

export interface CoverageQuestion {
  level: number;
  day?: string | undefined;
  unit?: string | undefined;
}

export const coverageQuery = (question: CoverageQuestion) =>
  queryOptions({
    queryKey: ["coverage", question],
    queryFn: async () =>
      (await taken(
        api.GET("/api/coverage/theme", { params: { query: question } }),
      )) as unknown as Theme,
    placeholderData: (before) => before,
  });

/** Where a question's files lie. */
export function coverageFiles({ level, day, unit }: CoverageQuestion): string {
  const query = new URLSearchParams({ level: String(level) });
  if (day) query.set("day", day);
  if (unit) query.set("unit", unit);
  return `/api/coverage/theme?${query.toString()}`;
}

export const coverageHistoryQuery = (unit: string) =>
  queryOptions({
    queryKey: ["coverage", "history", unit],
    queryFn: () => taken(api.GET("/api/coverage/history", { params: { query: { unit } } })),
  });

export const groundQuery = (shape: GeoJSON.Polygon | null, day: string | undefined) =>
  queryOptions({
    queryKey: ["coverage", "ground", shape, day],
    enabled: shape !== null,
    queryFn: () =>
      taken(
        api.POST("/api/coverage/ground", {
          body: { shape: { ...shape }, ...(day ? { day } : {}) },
        }),
      ),
  });
