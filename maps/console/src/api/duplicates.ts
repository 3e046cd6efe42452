/** Which open cases may be the same matter. */
import { queryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import type { LonLat } from "./types";

export const caseDuplicatesQuery = (case_no: string) =>
  queryOptions({
    queryKey: ["case", case_no, "duplicates"],
    queryFn: () =>
      taken(api.GET("/api/cases/{case_no}/duplicates", { params: { path: { case_no } } })),
  });

export interface Matter {
  at: LonLat;
  category?: string;
  text: string;
}

export const duplicatesQuery = ({ at, category, text }: Matter) =>
  queryOptions({
    queryKey: ["duplicates", at, category, text],
    queryFn: () =>
      taken(
        api.GET("/api/duplicates", {
          params: { query: { lon: at.lon, lat: at.lat, category, text } },
        }),
      ),
  });
