/** The list's filters as the URL holds them, and the question that they put to the server. */
import type { CaseQuestion } from "../../api/types";
import type { Format } from "../../words/format";

export interface Filters {
  stage: string[];
  kind: string | null;
  category: string | null;
  department: string | null;
  unit: string | null;
  overdue: boolean;
  manual: boolean;
  /** Closed cases are listed too. */
  all: boolean;
  /** Civil days of the district, both included: `2026-11-24`. */
  since: string | null;
  until: string | null;
  q: string;
  order: "newest" | "due";
}

export const NO_FILTERS: Filters = {
  stage: [],
  kind: null,
  category: null,
  department: null,
  unit: null,
  overdue: false,
  manual: false,
  all: false,
  since: null,
  until: null,
  q: "",
  order: "newest",
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODES = ["kind", "category", "department", "unit"] as const;
const FLAGS = ["overdue", "manual", "all"] as const;
const DAYS = ["since", "until"] as const;
const NAMES = ["stage", ...CODES, ...FLAGS, ...DAYS, "q", "order"] as const;

export function readFilters(url: URLSearchParams): Filters {
  const filters: Filters = { ...NO_FILTERS, stage: url.getAll("stage"), q: url.get("q") ?? "" };
  for (const name of CODES) filters[name] = url.get(name) || null;
  for (const name of FLAGS) filters[name] = url.get(name) === "1";
  for (const name of DAYS) filters[name] = DAY.exec(url.get(name) ?? "")?.[0] ?? null;
  if (url.get("order") === "due") filters.order = "due";
  return filters;
}

/** The URL with these filters in place of its own; what else it holds stays. */
export function writeFilters(url: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(url);
  for (const name of NAMES) next.delete(name);
  for (const code of filters.stage) next.append("stage", code);
  for (const name of [...CODES, ...DAYS]) {
    const value = filters[name];
    if (value) next.set(name, value);
  }
  for (const name of FLAGS) if (filters[name]) next.set(name, "1");
  if (filters.q.trim()) next.set("q", filters.q.trim());
  if (filters.order !== NO_FILTERS.order) next.set("order", filters.order);
  return next;
}

/** The server's question. The last day counts to its end, in the district's time. */
export function questionOf(filters: Filters, format: Pick<Format, "dayStart">): CaseQuestion {
  const question: CaseQuestion = { order: filters.order };
  if (filters.stage.length > 0) question.stage = filters.stage;
  for (const name of CODES) if (filters[name]) question[name] = filters[name];
  if (filters.overdue) question.overdue = true;
  if (filters.manual) question.manual = true;
  if (!filters.all) question.open = true;
  if (filters.since) question.since = format.dayStart(filters.since);
  if (filters.until) question.until = format.dayStart(filters.until, 1);
  if (filters.q.trim()) question.q = filters.q.trim();
  return question;
}

/** Names of the filters that narrow the list; the order of rows is none. */
export function narrowing(filters: Filters): string[] {
  const active: string[] = filters.stage.length > 0 ? ["stage"] : [];
  active.push(...CODES.filter((name) => filters[name]));
  if (filters.overdue) active.push("overdue");
  if (filters.manual) active.push("manual");
  if (filters.since || filters.until) active.push("time");
  if (filters.q.trim()) active.push("q");
  return active;
}
