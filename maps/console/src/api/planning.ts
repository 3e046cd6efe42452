/** Coverage, standards and facilities. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { FacilitiesIn, FacilityQuestion, FacilityWish, Theme } from "./types";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const FACILITIES_FILE = "/api/facilities/file";

export interface CoverageQuestion {
  level: number;
  day?: string | undefined;
  unit?: string | undefined;
}

export const coverageQuery = (question: CoverageQuestion) =>
  queryOptions({
    queryKey: ["coverage", question],
    queryFn: async () =>
      (await taken(
        api.GET("/api/coverage/theme", { params: { query: question } }),
      )) as unknown as Theme,
    placeholderData: (before) => before,
  });

/** Where a question's files lie. */
export function coverageFiles({ level, day, unit }: CoverageQuestion): string {
  const query = new URLSearchParams({ level: String(level) });
  if (day) query.set("day", day);
  if (unit) query.set("unit", unit);
  return `/api/coverage/theme?${query.toString()}`;
}

export const coverageHistoryQuery = (unit: string) =>
  queryOptions({
    queryKey: ["coverage", "history", unit],
    queryFn: () => taken(api.GET("/api/coverage/history", { params: { query: { unit } } })),
  });

export const groundQuery = (shape: GeoJSON.Polygon | null, day: string | undefined) =>
  queryOptions({
    queryKey: ["coverage", "ground", shape, day],
    enabled: shape !== null,
    queryFn: () =>
      taken(
        api.POST("/api/coverage/ground", {
          body: { shape: { ...shape }, ...(day ? { day } : {}) },
        }),
      ),
  });

export const standardsQuery = (day: string | undefined) =>
  queryOptions({
    queryKey: ["coverage", "standards", day],
    queryFn: async () =>
      (await taken(api.GET("/api/standards", { params: { query: day ? { day } : {} } }))).items,
  });

export const standardsFile = (day: string | undefined): string =>
  `/api/standards/file${day ? `?day=${day}` : ""}`;

export const facilitiesQuery = (asked: FacilityQuestion) =>
  queryOptions({
    queryKey: ["facilities", "list", asked],
    queryFn: () => taken(api.GET("/api/facilities", { params: { query: asked } })),
    placeholderData: (before) => before,
  });

type Narrowed = Pick<FacilityQuestion, "type" | "state" | "unit" | "q">;

export const facilityMapQuery = (query: Narrowed) =>
  queryOptions({
    queryKey: ["facilities", "map", query],
    queryFn: async () =>
      (await taken(api.GET("/api/facilities/theme", { params: { query } }))) as unknown as Theme,
    placeholderData: (before) => before,
  });

export function facilityFiles(asked: Narrowed): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return `/api/facilities/theme?${query.toString()}`;
}

export const facilityQuery = (code: string) =>
  queryOptions({
    queryKey: ["facilities", "one", code],
    queryFn: () => taken(api.GET("/api/facilities/{code}", { params: { path: { code } } })),
  });

export const facilityTypesQuery = () =>
  queryOptions({
    queryKey: ["facilities", "types"],
    queryFn: async () => (await taken(api.GET("/api/facilities/types"))).items,
  });

export const addFacility = (body: FacilitiesIn) =>
  taken(api.POST("/api/facilities", { params: { query: { write: true } }, body }));

export const changeFacility = ({ code, body }: { code: string; body: FacilityWish }) =>
  taken(api.POST("/api/facilities/{code}", { params: { path: { code } }, body }));

export const showPhotos = ({ code, photos }: { code: string; photos: string[] }) =>
  taken(api.PUT("/api/facilities/{code}/photos", { params: { path: { code } }, body: { photos } }));

export const countType = ({ code, ...body }: { code: string; counts: boolean; reason: string }) =>
  taken(api.PUT("/api/facilities/types/{code}", { params: { path: { code } }, body }));

export const handInFacilities = ({ file, write }: { file: File; write: boolean }) =>
  taken(
    api.POST("/api/facilities/file", {
      params: { query: { write } },
      body: "",
      bodySerializer: () => file,
      headers: { "Content-Type": XLSX },
    }),
  );
