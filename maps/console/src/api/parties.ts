/** Departments, their successors, and the people who hold posts. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { PartiesIn, PeopleQuestion } from "./types";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const PARTIES_FILE = "/api/parties/file";

export const departmentsQuery = () =>
  queryOptions({
    queryKey: ["parties", "departments"],
    queryFn: () => taken(api.GET("/api/parties/departments")),
  });

export const peopleQuery = (asked: PeopleQuestion) =>
  queryOptions({
    queryKey: ["parties", "people", asked],
    queryFn: () => taken(api.GET("/api/parties/people", { params: { query: asked } })),
  });

export const saveParties = ({ body, write }: { body: PartiesIn; write: boolean }) =>
  taken(api.POST("/api/parties", { params: { query: { write } }, body }));

export const handInParties = ({ file, write }: { file: File; write: boolean }) =>
  taken(
    api.POST("/api/parties/file", {
      params: { query: { write } },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": XLSX },
    }),
  );

export interface Succeeding {
  code: string;
  successor: string;
  last_day: string;
  write: boolean;
}

export const succeed = ({ code, write, ...body }: Succeeding) =>
  taken(
    api.POST("/api/parties/departments/{code}/successor", {
      params: { path: { code }, query: { write } },
      body,
    }),
  );
