/** What is within reach on foot. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { Theme } from "./types";

export interface WalkQuestion {
  day?: string;
  minutes?: number;
}

export interface WalkThemeQuestion extends WalkQuestion {
  what: "reach" | "catchments" | "pressure";
  type: string;
  level: number;
}

export const walkingQuery = (query: WalkQuestion) =>
  queryOptions({
    queryKey: ["walking", "types", query],
    queryFn: () => taken(api.GET("/api/walking", { params: { query } })),
    placeholderData: (before) => before,
  });

export const walkThemeQuery = (asked: WalkThemeQuestion) =>
  queryOptions({
    queryKey: ["walking", "theme", asked],
    queryFn: async () => (await taken(themeOf(asked))) as unknown as Theme,
    placeholderData: (before) => before,
  });

/** Every type that counts toward the standard together: only pressure can be asked so. */
export const EVERY_COUNTED = "all";

function themeOf({ what, level, ...query }: WalkThemeQuestion) {
  if (what === "catchments") return api.GET("/api/walking/catchments", { params: { query } });
  if (what === "reach") {
    return api.GET("/api/walking/reach", { params: { query: { ...query, level } } });
  }
  const { type, ...rest } = query;
  const asked = { ...rest, level, ...(type !== EVERY_COUNTED && { type }) };
  return api.GET("/api/walking/pressure", { params: { query: asked } });
}

/** Where the files of a theme lie. */
export function walkFiles(path: string, asked: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== EVERY_COUNTED) query.set(name, String(value));
  }
  return `/api/walking/${path}?${query.toString()}`;
}

export const unservedQuery = (query: WalkQuestion & { type: string; offset: number }) =>
  queryOptions({
    queryKey: ["walking", "unserved", query],
    queryFn: () => taken(api.GET("/api/walking/unserved", { params: { query } })),
    placeholderData: (before) => before,
  });

export const networksQuery = () =>
  queryOptions({
    queryKey: ["walking", "networks"],
    queryFn: async () => (await taken(api.GET("/api/walking/networks"))).items,
  });

export const putInUse = (no: number | null) =>
  taken(api.PUT("/api/walking/network", { body: { no } }));
