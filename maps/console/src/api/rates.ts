/** Questions about how well it goes, and the cases behind every figure. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { RateQuestion } from "./types";

export const ratesQuery = (asked: RateQuestion) =>
  queryOptions({
    queryKey: ["rates", asked],
    queryFn: () => taken(api.GET("/api/rates", { params: { query: asked } })),
  });

export const departmentRatesQuery = (asked: RateQuestion) =>
  queryOptions({
    queryKey: ["rates", "departments", asked],
    queryFn: () => taken(api.GET("/api/rates/departments", { params: { query: asked } })),
  });

export const assessmentsQuery = ({ since, until, department }: RateQuestion) =>
  queryOptions({
    queryKey: ["rates", "assessments", since, until, department],
    queryFn: () =>
      taken(api.GET("/api/assessments", { params: { query: { since, until, department } } })),
  });

export const countedQuery = (code: string, asked: RateQuestion) =>
  queryOptions({
    queryKey: ["rates", code, asked],
    queryFn: () =>
      taken(api.GET("/api/rates/{code}/cases", { params: { path: { code }, query: asked } })),
  });

/** The same as a table to keep. */
export function countedFile(code: string, asked: RateQuestion): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, String(value));
  return `/api/rates/${code}/cases.csv?${query.toString()}`;
}
