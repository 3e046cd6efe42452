/** The one place that speaks HTTP: language, cookie login, and errors as `Problem`. */
import createClient from "openapi-fetch";

import { useLocale } from "../words/locale";
import type { ProblemBody } from "./problem";
import { Problem } from "./problem";
import type { paths } from "./schema";

export const api = createClient<paths>({ credentials: "same-origin" });

api.use({
  onRequest: ({ request }) => {
    request.headers.set("Accept-Language", useLocale.getState().lang);
  },
  onError: () => new Problem(0, {}),
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's data, or a thrown `Problem`. */
export async function taken<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  const said = typeof error === "object" && error !== null ? (error as ProblemBody) : {};
  throw new Problem(response.status, said);
}
