/** The governance indicators of a year: read, entered, counted, taken in and out. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { IndicatorWish } from "./types";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const indicatorsQuery = (year: number) =>
  queryOptions({
    queryKey: ["indicators", year],
    queryFn: async () =>
      (await taken(api.GET("/api/indicators", { params: { query: { year } } }))).items,
  });

export const indicatorHistoryQuery = (code: string) =>
  queryOptions({
    queryKey: ["indicators", "history", code],
    queryFn: async () =>
      (await taken(api.GET("/api/indicators/{code}/history", { params: { path: { code } } }))).items,
  });

export const enterValue = (wish: IndicatorWish) =>
  taken(api.POST("/api/indicators/values", { body: wish }));

export const computeIndicators = (year: number) =>
  taken(api.POST("/api/indicators/compute", { body: { year } }));

/** The workbook is the request's body. */
export const takeWorkbook = ({ year, file }: { year: number; file: File }) =>
  taken(
    api.POST("/api/indicators/file", {
      params: { query: { year } },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": XLSX },
    }),
  );

export const indicatorsFile = (year: number): string => `/api/indicators/file?year=${year}`;
