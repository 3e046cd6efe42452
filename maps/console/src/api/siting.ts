/** Candidate sites, plans with their proof, and what if. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { Effect, SiteWish, SitingAnswer, SitingWish, Theme, WhatIf } from "./types";

export const SITES_FILE = "/api/siting/candidates.xlsx";

export const sitesQuery = () =>
  queryOptions({
    queryKey: ["siting", "sites"],
    queryFn: async () => (await taken(api.GET("/api/siting/candidates"))).items,
  });

export const sitesThemeQuery = () =>
  queryOptions({
    queryKey: ["siting", "theme"],
    queryFn: async () =>
      (await taken(api.GET("/api/siting/candidates/theme"))) as unknown as Theme,
  });

export const enterSite = ({ code, body }: { code: string; body: SiteWish }) =>
  taken(api.PUT("/api/siting/candidates/{code}", { params: { path: { code } }, body }));

export const removeSite = (code: string) =>
  taken(api.DELETE("/api/siting/candidates/{code}", { params: { path: { code } } }));

export const handInSites = ({ file, write }: { file: File; write: boolean }) =>
  taken(
    api.POST("/api/siting/candidates/file", {
      params: { query: { name: file.name, write } },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );

/** The best and the greedy plan; asked only once somebody wants them. */
export const planQuery = (wish: SitingWish | null) =>
  queryOptions({
    queryKey: ["siting", "plan", wish],
    enabled: wish !== null,
    queryFn: async () =>
      (await taken(
        api.POST("/api/siting/solve", { body: wish ?? { question: "standard", own: [] } }),
      )) as unknown as SitingAnswer,
  });

export const scoreQuery = (wish: SitingWish) =>
  queryOptions({
    queryKey: ["siting", "score", wish],
    enabled: wish.own.length > 0,
    queryFn: () => taken(api.POST("/api/siting/score", { body: wish })),
  });

/** The candidates with their plans as a workbook. */
export async function planFile(wish: SitingWish): Promise<Blob> {
  const asked = api.POST("/api/siting/solve", {
    body: { ...wish, format: "xlsx" },
    parseAs: "blob",
  });
  return (await taken(asked)) as unknown as Blob;
}

export const effectQuery = (change: WhatIf | null) =>
  queryOptions({
    queryKey: ["siting", "effect", change],
    enabled: change !== null,
    queryFn: async () =>
      (await taken(
        api.POST("/api/siting/what-if", { body: change ?? { lon: 0, lat: 0, map: false } }),
      )) as unknown as Effect,
    placeholderData: (before) => before,
  });
