/** Documents of a period: made now, kept, and scheduled. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import { save } from "./saved";
import type { CircularFormat, CircularKind, CircularWish, ScheduleWish } from "./types";

export const FORMATS = ["pdf", "docx", "xlsx"] as const satisfies readonly CircularFormat[];

export const circularsQuery = () =>
  queryOptions({
    queryKey: ["circulars"],
    queryFn: async () => (await taken(api.GET("/api/circulars"))).items,
  });

export const scheduleQuery = () =>
  queryOptions({
    queryKey: ["circulars", "schedule"],
    queryFn: async () => (await taken(api.GET("/api/circulars/schedule"))).items,
  });

export const keepCircular = (wish: CircularWish) =>
  taken(api.POST("/api/circulars", { body: wish }));

export const reschedule = ({ kind, ...body }: ScheduleWish & { kind: CircularKind }) =>
  taken(api.PUT("/api/circulars/schedule/{kind}", { params: { path: { kind } }, body }));

export interface Making extends CircularWish {
  format: CircularFormat;
  lang: "zh" | "en";
}

/** The document as it would be now, saved by the browser. */
export async function makeFile(wish: Making): Promise<void> {
  const asked = api.GET("/api/circulars/file", { params: { query: wish }, parseAs: "blob" });
  const blob = await taken(asked);
  const name = [wish.kind, wish.period, wish.unit].filter(Boolean).join("-");
  save({ name: `${name}.${wish.format}`, blob });
}

export const keptFile = (no: number, format: CircularFormat): string =>
  `/api/circulars/${no}/file?format=${format}`;
