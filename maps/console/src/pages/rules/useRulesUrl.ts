import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { Section, Tab } from "./choice";
import { readChoice } from "./choice";

/** What a colleague sees on opening the same address: section, table, tab, item. */
export function useRulesUrl() {
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
      go: (section: Section) => change({ section, item: null }, false),
      choose: (table: number) => change({ table }, false),
      show: (tab: Tab) => change({ tab }, true),
      open: (item: number | null) => change({ item }, true),
    };
  }, [url, setUrl]);
}

export type RulesUrl = ReturnType<typeof useRulesUrl>;
