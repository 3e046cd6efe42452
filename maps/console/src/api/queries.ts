/** One options factory per question, for hook and invalidation alike. */
import {
  infiniteQueryOptions,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
} from "@tanstack/react-query";

import { api, taken } from "./client";
import { heard } from "./heard";
import { isProblem } from "./problem";
import type { CaseOut, CaseQuestion, LonLat, Themed } from "./types";

const HOUR = 3_600_000;

/** `signedOut` is called when any answer says that the session has ended. */
export function newQueryClient(signedOut: (client: QueryClient) => void): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error) && error.kind === "not-logged-in") signedOut(client);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 2 && (!isProblem(error) || error.unanswered || error.status >= 502),
      },
      mutations: { retry: false },
    },
  });
  return client;
}

export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    staleTime: HOUR,
    queryFn: async () => {
      try {
        return heard(await taken(api.GET("/api/me")));
      } catch (error) {
        if (isProblem(error) && error.status === 401) return null;
        throw error;
      }
    },
  });

export const catalogueQuery = () =>
  queryOptions({
    queryKey: ["catalogue"],
    staleTime: HOUR,
    queryFn: () => taken(api.GET("/api/catalogue")),
  });

export const styleQuery = (lang: "zh" | "en", edition: number) =>
  queryOptions({
    queryKey: ["style", lang, edition],
    staleTime: HOUR,
    queryFn: () => taken(api.GET("/api/style", { params: { query: { lang } } })),
  });

export const casesQuery = (question: CaseQuestion) =>
  infiniteQueryOptions({
    queryKey: ["cases", "list", question],
    staleTime: Infinity,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      taken(
        api.GET("/api/cases", { params: { query: { ...question, limit: 50, cursor: pageParam } } }),
      ),
    getNextPageParam: (last) => last.next,
  });

/** The newest rows of the same question, read behind the list to tell what is new. */
export const casesHeadQuery = (question: CaseQuestion) =>
  queryOptions({
    queryKey: ["cases", "head", question],
    queryFn: () => taken(api.GET("/api/cases", { params: { query: { ...question, limit: 50 } } })),
  });

export const caseQuery = (caseNo: string) =>
  queryOptions({
    queryKey: ["case", caseNo],
    queryFn: () =>
      taken(api.GET("/api/cases/{case_no}", { params: { path: { case_no: caseNo } } })) as Promise<CaseOut>,
  });

export const unitsQuery = (question: { parent?: string; level?: number }) =>
  queryOptions({
    queryKey: ["units", question],
    staleTime: HOUR,
    queryFn: async () => (await taken(api.GET("/api/units", { params: { query: question } }))).items,
  });

export const unitQuery = (code: string) =>
  queryOptions({
    queryKey: ["unit", code],
    staleTime: HOUR,
    queryFn: () => taken(api.GET("/api/units/{code}", { params: { path: { code } } })),
  });

export const locateQuery = (place: LonLat) =>
  queryOptions({
    queryKey: ["locate", place],
    queryFn: () => 
      taken(api.GET("/api/locate", { params: { query: { ...place, datum: "wgs84" } } })),
  });

export const placesQuery = (q: string) =>
  queryOptions({
    queryKey: ["places", q],
    queryFn: async () => (await taken(api.GET("/api/places", { params: { query: { q } } }))).items,
  });

export const countsQuery = (level: number) =>
  queryOptions({
    queryKey: ["counts", level],
    queryFn: () => taken(api.GET("/api/counts", { params: { query: { level } } })),
  });

/** The questions behind the themes that the style names. */
const THEMES: Readonly<Record<string, (level: number) => Promise<Themed>>> = {
  coverage: (level) => taken(api.GET("/api/coverage", { params: { query: { level } } })),
  response: (level) => taken(api.GET("/api/response", { params: { query: { level } } })),
};

export const themeQuery = (theme: string, level: number) =>
  queryOptions({
    queryKey: ["theme", theme, level],
    staleTime: 10 * 60_000,
    queryFn: () => THEMES[theme]?.(level) ?? Promise.resolve({ items: [], note: null }),
  });
