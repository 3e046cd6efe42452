import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { LedgerQuestion } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useFormat } from "../../words/format";
import { lastSpans, spanDays } from "../../words/spans";

const SCOPE = ["unit", "department", "kind", "category", "q"] as const;
export type Name = (typeof SCOPE)[number] | "period" | "state";

/** What a colleague sees on opening the same address: period and filters. */
export function useLedgerUrl() {
  const [url, setUrl] = useSearchParams();
  const format = useFormat();
  const today = format.civilDay(useNow(60_000));
  const months = lastSpans("month", today, 13);
  const others = [
    ...lastSpans("quarter", today, 5),
    ...lastSpans("half", today, 3),
    ...lastSpans("year", today, 3),
  ];
  const period = url.get("period") ?? months[0]!;
  const search = url.toString();
  const question = useMemo<LedgerQuestion>(() => {
    const given = new URLSearchParams(search);
    const scope = SCOPE.map((name) => [name, given.get(name)] as const).filter(([, value]) => value);
    const days = spanDays(period);
    const state = given.get("state");
    return {
      ...Object.fromEntries(scope),
      ...(days && { since: format.dayStart(days[0]), until: format.dayStart(days[1]) }),
      ...(state === "overdue" && { overdue: true }),
      ...(state === "open" && { open: true }),
      ...(state === "closed" && { open: false }),
    };
  }, [format, period, search]);
  return {
    periods: [...new Set([period, ...months, ...others])],
    period,
    question,
    of: (name: Name) => url.get(name) ?? undefined,
    change: (name: Name, value: string | null | undefined) => {
      const next = new URLSearchParams(url);
      if (value) next.set(name, value);
      else next.delete(name);
      setUrl(next, { replace: true });
    },
    clear: () => setUrl({ period }, { replace: true }),
    narrowed: [...SCOPE, "state" as const].some((name) => url.get(name)),
  };
}

export type LedgerUrl = ReturnType<typeof useLedgerUrl>;
