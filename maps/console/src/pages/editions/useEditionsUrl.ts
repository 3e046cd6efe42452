import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { FindingFilter } from "../../api/editions";
import type { Tab } from "./choice";
import { readChoice } from "./choice";

/** What a colleague sees on opening the same address: edition, comparison, tab, filter. */
export function useEditionsUrl() {
  const [url, setUrl] = useSearchParams();
  return useMemo(() => {
    const change = (values: Record<string, string | number | null>, replace: boolean) => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) next.delete(name);
        else next.set(name, String(value));
      }
      setUrl(next, { replace });
    };
    return {
      ...readChoice(url),
      exposed: url.has("e2e"),
      choose: (edition: number) =>
        change({ edition, against: null, severity: null, kind: null }, false),
      compare: (against: number) => change({ against }, true),
      show: (tab: Tab) => change({ tab }, true),
      narrow: ({ severity, kind }: FindingFilter) => change({ severity, kind }, true),
    };
  }, [url, setUrl]);
}

export type EditionsUrl = ReturnType<typeof useEditionsUrl>;
