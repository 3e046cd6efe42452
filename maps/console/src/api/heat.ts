/** Heat maps, hot spots, their course over time, and what is more than usual. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { operations } from "./schema";
import type { Heat } from "./types";

/** Cases come in all day; a map of thousands of them changes slowly. */
const AGAIN_MS = 60_000;

type Asked<Name extends keyof operations> = NonNullable<
  operations[Name]["parameters"]["query"]
>;
export type HeatQuestion = Omit<Asked<"heat_api_heat_get">, "format">;
export type SpotQuestion = Omit<Asked<"hotspots_api_heat_hotspots_get">, "format">;
export type CourseQuestion = Omit<Asked<"emerging_api_heat_emerging_get">, "format">;

export const heatQuery = (query: HeatQuestion) =>
  queryOptions({
    queryKey: ["heat", "map", query],
    queryFn: async () => (await taken(api.GET("/api/heat", { params: { query } }))) as Heat,
    placeholderData: (before) => before,
    refetchInterval: AGAIN_MS,
  });

export const spotsQuery = (query: SpotQuestion) =>
  queryOptions({
    queryKey: ["heat", "spots", query],
    queryFn: async () =>
      (await taken(api.GET("/api/heat/hotspots", { params: { query } }))) as Heat,
    placeholderData: (before) => before,
    refetchInterval: AGAIN_MS,
  });

export const courseQuery = (query: CourseQuestion) =>
  queryOptions({
    queryKey: ["heat", "course", query],
    queryFn: async () =>
      (await taken(api.GET("/api/heat/emerging", { params: { query } }))) as Heat,
    placeholderData: (before) => before,
    refetchInterval: AGAIN_MS,
  });

export const measuresQuery = () =>
  queryOptions({
    queryKey: ["heat", "measures"],
    queryFn: () => taken(api.GET("/api/heat/measures")),
    staleTime: Infinity,
  });

export const alertsQuery = () =>
  queryOptions({
    queryKey: ["heat", "alerts"],
    queryFn: () => taken(api.GET("/api/heat/alerts")),
  });

export const dismissAlert = ({ no, reason }: { no: number; reason: string }) =>
  taken(
    api.POST("/api/heat/alerts/{no}/dismiss", { params: { path: { no } }, body: { reason } }),
  );

/** Where a question's files lie. */
export function heatFiles(path: string, question: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return `${path}?${query.toString()}`;
}
