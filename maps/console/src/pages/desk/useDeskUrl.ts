import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

import type { Filters } from "./filters";
import { readFilters, writeFilters } from "./filters";

export interface View {
  lon: number;
  lat: number;
  zoom: number;
}

function readView(text: string | null): View | null {
  const [lon, lat, zoom] = (text ?? "").split(",").map(Number);
  const whole = [lon, lat, zoom].every((value) => value !== undefined && Number.isFinite(value));
  return text && whole ? { lon: lon!, lat: lat!, zoom: zoom! } : null;
}

/** What a colleague sees on opening the same address: filters, case, layers, view. */
export function useDeskUrl() {
  const [url, setUrl] = useSearchParams();
  const filters = useMemo(() => readFilters(url), [url]);
  const switched = useMemo(() => new Set(url.get("layers")?.split(",").filter(Boolean)), [url]);

  // The address bar knows of a change before the next drawing does: two in a row both count.
  const change = useCallback(
    (edit: (next: URLSearchParams) => URLSearchParams | void, replace = true) => {
      const next = new URLSearchParams(window.location.search);
      setUrl(edit(next) ?? next, { replace });
    },
    [setUrl],
  );
  const put = (next: URLSearchParams, name: string, value: string | null) =>
    value ? next.set(name, value) : next.delete(name);

  return useMemo(
    () => ({
      filters,
      switched,
      caseNo: url.get("case"),
      view: readView(url.get("view")),
      exposed: url.has("e2e"),
      setFilters: (next: Filters) => change((before) => writeFilters(before, next)),
      openCase: (caseNo: string | null) => change((next) => put(next, "case", caseNo), false),
      setSwitched: (next: ReadonlySet<string>) =>
        change((before) => put(before, "layers", [...next].join(","))),
      setView: ({ lon, lat, zoom }: View) =>
        change((before) =>
          put(before, "view", `${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`),
        ),
    }),
    [url, filters, switched, change],
  );
}

export type DeskUrl = ReturnType<typeof useDeskUrl>;
