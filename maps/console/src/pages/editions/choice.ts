/** Which edition is looked at, against which, and what of it: read from the address. */
import type { FindingFilter } from "../../api/editions";
import type { Comparison, EditionList, EditionRow, GridChange } from "../../api/types";

export const TABS = ["findings", "changes", "rejudging"] as const;
export type Tab = (typeof TABS)[number];

export interface Choice {
  edition: number | null;
  against: number | null;
  tab: Tab;
  filter: FindingFilter;
}

function whole(text: string | null): number | null {
  const value = Number(text);
  return text && Number.isInteger(value) && value > 0 ? value : null;
}

export function readChoice(url: URLSearchParams): Choice {
  const tab = TABS.find((one) => one === url.get("tab")) ?? "findings";
  const severity = url.get("severity");
  return {
    edition: whole(url.get("edition")),
    against: whole(url.get("against")),
    tab,
    filter: {
      severity: severity === "error" || severity === "warning" ? severity : null,
      kind: url.get("kind") || null,
    },
  };
}

/** The edition that the address names, else the newest. */
export function chosenOf(items: readonly EditionRow[], wanted: number | null): EditionRow | null {
  return items.find(({ no }) => no === wanted) ?? items[0] ?? null;
}

/** What to compare with: the edition that answers; for that one itself, the one before it. */
export function againstOf(list: EditionList, no: number, wanted: number | null): number | null {
  const known = (other: number | null | undefined) =>
    list.items.some((one) => one.no === other) && other !== no;
  if (wanted !== null && known(wanted)) return wanted;
  const answering = list.items.find((one) => one.answering)?.no;
  const before = list.history.find((change) => change.edition_no === no)?.previous_no;
  return [answering, before].find(known) ?? list.items.find((one) => one.no !== no)?.no ?? null;
}

/** Whether the edition waits, answers or has answered. */
export function stateOf(edition: EditionRow): "answering" | "former" | "staged" {
  if (edition.answering) return "answering";
  return edition.published_at ? "former" : "staged";
}

export interface ChangeFilter {
  kind: GridChange["kind"] | null;
  level: number | null;
}

export interface Numbered extends GridChange {
  /** Place in the answer, by which the map and the table speak of it. */
  no: number;
}

export function numbered(comparison: Comparison, { kind, level }: ChangeFilter): Numbered[] {
  return comparison.items
    .map((item, index) => ({ ...item, no: index + 1 }))
    .filter((item) => (!kind || item.kind === kind) && (!level || item.level === level));
}

/** How many changes the answer counts and how many it holds. */
export function held({ counts, items }: Comparison): { all: number; shown: number } {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { all, shown: items.length };
}
