import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { CourseQuestion, HeatQuestion, SpotQuestion } from "../../api/heat";
import { useNow } from "../../clock/useNow";
import { useFormat } from "../../words/format";
import { daysBetween, moved } from "./days";

export const VIEWS = ["map", "spots", "course"] as const;
export const BYS = ["community", "street", "hexagon", "smooth"] as const;
export const AGAINST = ["none", "before", "year"] as const;
export const SCOPE = ["department", "kind", "category", "unit"] as const;
export type View = (typeof VIEWS)[number];
export type By = (typeof BYS)[number];
export type Against = (typeof AGAINST)[number];

const USUAL_DAYS = 90;
const LEVELS: Partial<Record<By, number>> = { street: 2, community: 3 };
const SIZES = [7, 8, 9] as const;

function oneOf<T extends string>(known: readonly T[], told: string | null): T {
  return known.find((one) => one === told) ?? known[0]!;
}

/** What a colleague sees on opening the same address. */
export function useHeatUrl() {
  const [url, setUrl] = useSearchParams();
  const format = useFormat();
  const today = format.civilDay(useNow(60_000));
  const search = url.toString();
  const read = useMemo(() => {
    const given = new URLSearchParams(search);
    const last = given.get("until") ?? today;
    const first = given.get("since") ?? moved(last, 1 - USUAL_DAYS);
    const against = oneOf(AGAINST, given.get("against"));
    const by = oneOf(BYS, given.get("by"));
    const measure = given.get("measure") ?? "count";
    const size = SIZES.find((one) => String(one) === given.get("size")) ?? 8;
    const scope = Object.fromEntries(
      SCOPE.map((name) => [name, given.get(name)] as const).filter(([, value]) => value),
    );
    const length = daysBetween(first, last) + 1;
    const former = against === "year" ? moved(first, -364) : moved(first, -length);
    const span = { since: format.dayStart(first), until: format.dayStart(last, 1) };
    const what = { ...span, ...scope, measure, resolution: size };
    const perHouseholds = measure === "count" && given.get("per") !== "none";
    const spots: SpotQuestion = { ...what, per: perHouseholds ? "households" : "none" };
    const heat: HeatQuestion = {
      ...what,
      by: LEVELS[by] ? "unit" : by,
      ...(LEVELS[by] ? { level: LEVELS[by] } : {}),
      ...(against === "none"
        ? {}
        : {
            against_since: format.dayStart(former),
            against_until: format.dayStart(former, length),
          }),
    };
    const course: CourseQuestion = { ...scope, until: span.until, resolution: size };
    const before = { first: former, last: moved(former, length - 1) };
    return { first, last, before, against, by, measure, size, perHouseholds, heat, spots, course };
  }, [format, search, today]);
  return {
    ...read,
    view: oneOf(VIEWS, url.get("view")),
    beside: url.get("show") !== "difference",
    of: (name: string) => url.get(name) ?? undefined,
    change: (changes: Record<string, string | null | undefined>) =>
      setUrl(
        (before) => {
          for (const [name, value] of Object.entries(changes)) {
            if (value) before.set(name, value);
            else before.delete(name);
          }
          return before;
        },
        { replace: true },
      ),
  };
}

export type HeatUrl = ReturnType<typeof useHeatUrl>;
