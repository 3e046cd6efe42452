import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { RateQuestion } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useFormat } from "../../words/format";
import { following, lastMonths, readMonth } from "../../parts/period/months";

export const SCOPE = ["department", "kind", "category", "unit"] as const;
type Name = (typeof SCOPE)[number] | "month" | "rate";

/** What a colleague sees on opening the same address: month, scope, and the figure looked into. */
export function usePerformanceUrl() {
  const [url, setUrl] = useSearchParams();
  const format = useFormat();
  const months = lastMonths(format.civilDay(useNow(60_000)));
  const month = readMonth(url.get("month")) ?? months[0]!;
  const search = url.toString();
  const asked = useMemo<RateQuestion>(() => {
    const given = new URLSearchParams(search);
    const scope = SCOPE.map((name) => [name, given.get(name)] as const).filter(([, value]) => value);
    return {
      since: format.dayStart(`${month}-01`),
      until: format.dayStart(`${following(month)}-01`),
      ...Object.fromEntries(scope),
    };
  }, [format, month, search]);
  return {
    months: months.includes(month) ? months : [month, ...months],
    month,
    asked,
    rate: url.get("rate"),
    of: (name: Name) => url.get(name) ?? undefined,
    change: (name: Name, value: string | null | undefined) => {
      const next = new URLSearchParams(url);
      if (value) next.set(name, value);
      else next.delete(name);
      setUrl(next, { replace: true });
    },
  };
}

export type PerformanceUrl = ReturnType<typeof usePerformanceUrl>;
