/** Questions and commands about tables of responsibility. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
export const ROWS_READ = 500;
export const CASES_A_PAGE = 100;

export const rulesQuery = () =>
  queryOptions({ queryKey: ["rules"], queryFn: () => taken(api.GET("/api/rules")) });

export const ruleRowsQuery = (no: number) =>
  infiniteQueryOptions({
    queryKey: ["rules", no, "rows"],
    initialPageParam: 0,
    queryFn: ({ pageParam: offset }) =>
      taken(
        api.GET("/api/rules/{no}/rows", {
          params: { path: { no }, query: { offset, limit: ROWS_READ } },
        }),
      ),
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((sum, { items }) => sum + items.length, 0);
      return read < last.total ? read : null;
    },
  });

/** What is wrong with a table on a day, by default today. */
export const ruleFindingsQuery = (no: number, day: string | null = null) =>
  queryOptions({
    queryKey: ["rules", no, "findings", day],
    queryFn: () =>
      taken(api.GET("/api/rules/{no}/findings", { params: { path: { no }, query: { day } } })),
  });

/** The last trial of a table, a page of its cases at a time. */
export const trialQuery = (no: number, tried: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["rules", no, "trial", tried],
    initialPageParam: 0,
    queryFn: ({ pageParam: offset }) =>
      taken(
        api.GET("/api/rules/{no}/trial", {
          params: { path: { no }, query: { offset, limit: CASES_A_PAGE } },
        }),
      ),
    getNextPageParam: (last) => last.next_offset,
  });

export interface Trying {
  no: number;
  since: string;
  until: string;
  as_if: string | null;
}

export const tryTable = ({ no, ...body }: Trying) =>
  taken(api.POST("/api/rules/{no}/trial", { params: { path: { no } }, body }));

export interface HandingIn {
  file: File;
  title: string;
  note: string;
}

/** The workbook is the request's body. */
export const handIn = ({ file, title, note }: HandingIn) =>
  taken(
    api.POST("/api/rules", {
      params: { query: { title, note: note || null } },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": XLSX },
    }),
  );

export interface PublishingTable {
  no: number;
  holds_from: string;
  reason: string;
}

export const publishTable = ({ no, ...body }: PublishingTable) =>
  taken(api.POST("/api/rules/{no}/publish", { params: { path: { no } }, body }));

export const tableFile = (no: number): string => `/api/rules/${no}/file`;
export const trialFile = (no: number): string => `/api/rules/${no}/trial/file`;
