/** Questions and commands about editions of the grid. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";

export interface FindingFilter {
  severity: "error" | "warning" | null;
  kind: string | null;
}

export const FINDINGS_A_PAGE = 200;

export const editionsQuery = () =>
  queryOptions({ queryKey: ["editions"], queryFn: () => taken(api.GET("/api/editions")) });

export const editionQuery = (no: number) =>
  queryOptions({
    queryKey: ["edition", no],
    queryFn: () => taken(api.GET("/api/editions/{no}", { params: { path: { no } } })),
  });

export const findingsQuery = (no: number, filter: FindingFilter) =>
  infiniteQueryOptions({
    queryKey: ["edition", no, "findings", filter],
    initialPageParam: 0,
    queryFn: ({ pageParam: after }) =>
      taken(
        api.GET("/api/editions/{no}/findings", {
          params: { path: { no }, query: { ...filter, after, limit: FINDINGS_A_PAGE } },
        }),
      ),
    getNextPageParam: (last) => last.next_after,
  });

/** The same question as a file to keep: the answer is GeoJSON. */
export function findingsFile(no: number, { severity, kind }: FindingFilter): string {
  const asked = new URLSearchParams({ limit: "5000" });
  if (severity) asked.set("severity", severity);
  if (kind) asked.set("kind", kind);
  return `/api/editions/${no}/findings?${asked.toString()}`;
}

export const changesQuery = (no: number, against: number) =>
  queryOptions({
    queryKey: ["edition", no, "changes", against],
    queryFn: () =>
      taken(
        api.GET("/api/editions/{no}/changes", { params: { path: { no }, query: { against } } }),
      ),
  });

export const rejudgingQuery = (no: number) =>
  queryOptions({
    queryKey: ["edition", no, "rejudging"],
    queryFn: () => taken(api.GET("/api/editions/{no}/rejudging", { params: { path: { no } } })),
  });

export interface Publishing {
  no: number;
  reason: string;
  /** The edition that this one was compared with. */
  answering: number | null;
}

export const publishEdition = ({ no, ...body }: Publishing) =>
  taken(api.POST("/api/editions/{no}/publish", { params: { path: { no } }, body }));

export const rejudgeCases = () => taken(api.POST("/api/editions/rejudge"));
