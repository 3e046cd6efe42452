import { useSearchParams } from "react-router";

import { useNow } from "../../clock/useNow";
import { lastMonths, readMonth } from "../../parts/period/months";
import { useFormat } from "../../words/format";

export const SECTIONS = ["month", "year", "appeals", "rate"] as const;
export type Section = (typeof SECTIONS)[number];
type Name = "section" | "month" | "year" | "body";

const isSection = (text: string | null): text is Section => SECTIONS.some((one) => one === text);

/** What a colleague sees on opening the same address: section, month or year, and whose cases. */
export function useAssessmentsUrl() {
  const [url, setUrl] = useSearchParams();
  const format = useFormat();
  const months = lastMonths(format.civilDay(useNow(60_000)), 18);
  const month = readMonth(url.get("month")) ?? months[0]!;
  const section = url.get("section");
  const thisYear = Number(months[0]!.slice(0, 4));
  return {
    section: isSection(section) ? section : "month",
    months: months.includes(month) ? months : [month, ...months],
    month,
    years: [thisYear, thisYear - 1, thisYear - 2],
    year: Number(url.get("year")) || thisYear,
    body: url.get("body"),
    change: (name: Name, value: string | number | null) => {
      const next = new URLSearchParams(url);
      if (value === null) next.delete(name);
      else next.set(name, String(value));
      if (name !== "body") next.delete("body");
      setUrl(next, { replace: true });
    },
  };
}

export type AssessmentsUrl = ReturnType<typeof useAssessmentsUrl>;
