import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { FacilityQuestion } from "../../api/types";

const LIMIT = 50;
const NAMES = ["type", "state", "unit", "q"] as const;

export type FacilityFilter = (typeof NAMES)[number];

export interface FacilitiesUrl {
  question: FacilityQuestion;
  /** The same without the page: what the map shows. */
  narrowed: Partial<Record<FacilityFilter, string>>;
  page: number;
  of: (name: FacilityFilter) => string | undefined;
  change: (name: FacilityFilter | "page", value: string | undefined) => void;
}

/** What the address says is looked for. */
export function useFacilitiesUrl(): FacilitiesUrl {
  const [url, setUrl] = useSearchParams();
  return useMemo(() => {
    const of = (name: FacilityFilter) => url.get(name) ?? undefined;
    const page = Math.max(1, Number(url.get("page")) || 1);
    const asked: Partial<Record<FacilityFilter, string>> = {};
    for (const name of NAMES) {
      const value = of(name);
      if (value) asked[name] = value;
    }
    return {
      narrowed: asked,
      question: { ...asked, offset: (page - 1) * LIMIT, limit: LIMIT },
      page,
      of,
      change: (name, value) =>
        setUrl(
          (before) => {
            if (value) before.set(name, value);
            else before.delete(name);
            if (name !== "page") before.delete("page");
            return before;
          },
          { replace: true },
        ),
    };
  }, [url, setUrl]);
}
