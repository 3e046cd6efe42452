/** Questions and commands about the admission register. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { AdmissionWish } from "./types";

export const admissionsQuery = () =>
  queryOptions({ queryKey: ["admissions"], queryFn: () => taken(api.GET("/api/admissions")) });

export const admissionQuery = (no: number) =>
  queryOptions({
    queryKey: ["admissions", no],
    queryFn: () => taken(api.GET("/api/admissions/{no}", { params: { path: { no } } })),
  });

export const applyForAdmission = (body: AdmissionWish) =>
  taken(api.POST("/api/admissions", { body }));

export interface Stepping {
  no: number;
  step: "review" | "approve" | "refuse";
  words: string;
}

export const stepAdmission = ({ no, step, words }: Stepping) =>
  taken(api.POST("/api/admissions/{no}/{step}", { params: { path: { no, step } }, body: { words } }));
