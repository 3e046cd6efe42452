/** Questions and commands about assessments, appeals, ratings and months that stand. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { Objection, Rating } from "./types";

export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: ["assessments", "month", month],
    queryFn: () => taken(api.GET("/api/assessments/months/{month}", { params: { path: { month } } })),
  });

export const yearQuery = (year: number) =>
  queryOptions({
    queryKey: ["assessments", "year", year],
    queryFn: () => taken(api.GET("/api/assessments/years/{year}", { params: { path: { year } } })),
  });

export const appealsQuery = () =>
  queryOptions({
    queryKey: ["assessments", "appeals"],
    queryFn: () => taken(api.GET("/api/assessments/appeals")),
  });

export const toRateQuery = () =>
  queryOptions({
    queryKey: ["assessments", "to-rate"],
    queryFn: () => taken(api.GET("/api/assessments/to-rate")),
  });

export const appealAgainst = (body: Objection) => taken(api.POST("/api/assessments/appeals", { body }));

export interface Deciding {
  no: number;
  /** What the figure is from now on; null refuses the appeal. */
  points: number | null;
  answer: string;
}

export const decideAppeal = ({ no, points, answer }: Deciding) => {
  const asked = { params: { path: { no } }, body: { points, answer } };
  return points === null
    ? taken(api.POST("/api/assessments/appeals/{no}/refuse", asked))
    : taken(api.POST("/api/assessments/appeals/{no}/uphold", asked));
};

export const rateWhistle = (body: Rating) => taken(api.POST("/api/assessments/ratings", { body }));

export const freezeMonth = (month: string) =>
  taken(api.POST("/api/assessments/months/{month}/freeze", { params: { path: { month } } }));

export const setCutOff = ({ month, day }: { month: string; day: string }) =>
  taken(
    api.PUT("/api/assessments/months/{month}/cut-off", {
      params: { path: { month } },
      body: { cut_off: day },
    }),
  );

export const totalFile = (of: "months" | "years", code: string | number): string =>
  `/api/assessments/${of}/${code}/file`;
