/** The only place that formats dates, times and numbers. */
import { useMemo } from "react";

import type { Lang } from "./locale";
import { useLocale } from "./locale";

const MISSING = "—";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Parts = Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>;

export type Due =
  | { state: "none" | "in_time"; text: "" }
  | { state: "soon" | "late"; text: string };

export interface Format {
  /** `2026-11-24 09:38`, for records. */
  stamp: (iso: string | null | undefined) => string;
  /** `今天 09:38` or `11月24日 09:38`, for lists. */
  listTime: (iso: string | null | undefined, now: number) => string;
  /** `09:38:12`, for the clock. */
  clock: (at: number) => string;
  /** `11月24日 周二`, for the clock. */
  day: (at: number) => string;
  /** What a deadline says: nothing in time, the hours left when soon, how late when late. */
  due: (iso: string | null | undefined, now: number, closed?: string | null) => Due;
  /** `12,345`. */
  number: (value: number | null | undefined, digits?: number) => string;
  /** `350米`, `1.2公里`. */
  metres: (value: number | null | undefined) => string;
  /** First moment of a civil day `YYYY-MM-DD` in the district, as an ISO instant. */
  dayStart: (day: string, plusDays?: number) => string;
  /** Civil day in the district. */
  civilDay: (at: number) => string;
}

function duration(ms: number, lang: Lang): string {
  const [value, zh, en] =
    ms >= DAY
      ? [Math.floor(ms / DAY), "天", "d"]
      : ms >= HOUR
        ? [Math.floor(ms / HOUR), "小时", "h"]
        : [Math.max(1, Math.floor(ms / MINUTE)), "分钟", "min"];
  return lang === "en" ? `${value} ${en}` : `${value}${zh}`;
}

export function makeFormat(lang: Lang, timeZone: string): Format {
  const locale = lang === "en" ? "en-GB" : "zh-CN";
  const civil = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const dayName = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: lang === "en" ? "short" : "long",
    day: "numeric",
    weekday: "short",
  });
  const listDay = new Intl.DateTimeFormat(locale, {
    timeZone,
    month: lang === "en" ? "short" : "long",
    day: "numeric",
  });
  const parts = (at: number): Parts =>
    Object.fromEntries(civil.formatToParts(at).map((part) => [part.type, part.value])) as Parts;
  const civilDay = (at: number): string => {
    const { year, month, day } = parts(at);
    return `${year}-${month}-${day}`;
  };
  const asUtc = (at: number): number => {
    const { year, month, day, hour, minute, second } = parts(at);
    return Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
  };
  const time = (at: number): string => `${parts(at).hour}:${parts(at).minute}`;
  const read = (iso: string | null | undefined): number => (iso ? Date.parse(iso) : NaN);

  return {
    stamp: (iso) => {
      const at = read(iso);
      return Number.isNaN(at) ? MISSING : `${civilDay(at)} ${time(at)}`;
    },
    listTime: (iso, now) => {
      const at = read(iso);
      if (Number.isNaN(at)) return MISSING;
      const today = civilDay(at) === civilDay(now);
      if (today) return `${lang === "en" ? "Today" : "今天"} ${time(at)}`;
      const sameYear = parts(at).year === parts(now).year;
      return sameYear ? `${listDay.format(at)} ${time(at)}` : `${civilDay(at)} ${time(at)}`;
    },
    clock: (at) => `${time(at)}:${parts(at).second}`,
    day: (at) => dayName.format(at),
    due: (iso, now, closed) => {
      const at = read(iso);
      if (Number.isNaN(at)) return { state: "none", text: "" };
      const end = closed ? read(closed) : now;
      if (end > at) {
        const late = duration(end - at, lang);
        return { state: "late", text: lang === "en" ? `${late} late` : `超期${late}` };
      }
      if (closed || at - now > 4 * HOUR) return { state: "in_time", text: "" };
      const left = duration(at - now, lang);
      return { state: "soon", text: lang === "en" ? `${left} left` : `剩${left}` };
    },
    number: (value, digits = 0) =>
      value === null || value === undefined
        ? MISSING
        : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
    metres: (value) => {
      if (value === null || value === undefined) return MISSING;
      if (value < 1000) return `${Math.round(value)}${lang === "en" ? " m" : "米"}`;
      return `${(value / 1000).toFixed(1)}${lang === "en" ? " km" : "公里"}`;
    },
    dayStart: (day, plusDays = 0) => {
      const wanted = Date.parse(`${day}T00:00:00Z`) + plusDays * DAY;
      const guess = wanted - (asUtc(wanted) - wanted);
      return new Date(wanted - (asUtc(guess) - guess)).toISOString();
    },
    civilDay,
  };
}

export function useFormat(): Format {
  const lang = useLocale((state) => state.lang);
  const timeZone = useLocale((state) => state.timeZone);
  return useMemo(() => makeFormat(lang, timeZone), [lang, timeZone]);
}
