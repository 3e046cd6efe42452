/** Categories that a text may mean. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";

/** Shorter texts say too little to ask about. */
const LEAST = 3;

export const suggestQuery = (said: string) => {
  const text = said.trim();
  return queryOptions({
    queryKey: ["suggestions", text],
    queryFn: ({ signal }) =>
      taken(api.GET("/api/categories/suggest", { params: { query: { text } }, signal })),
    enabled: text.length >= LEAST,
    placeholderData: keepPreviousData,
    retry: false,
  });
};
