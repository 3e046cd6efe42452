/** The reporter's link, without login. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { Judgement } from "./types";

export const answerQuery = (token: string) =>
  queryOptions({
    queryKey: ["answer", token],
    queryFn: () => taken(api.GET("/api/answers/{token}", { params: { path: { token } } })),
  });

export const judgeAnswer = (token: string, body: Judgement) =>
  taken(api.POST("/api/answers/{token}", { params: { path: { token } }, body }));
