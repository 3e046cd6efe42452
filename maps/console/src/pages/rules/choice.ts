/** Which table is looked at, and what of it: read from the address. */
import type { RuleTable } from "../../api/types";

export const SECTIONS = ["tables", "admission"] as const;
export type Section = (typeof SECTIONS)[number];
export const TABS = ["findings", "trial", "rows"] as const;
export type Tab = (typeof TABS)[number];

export interface Choice {
  section: Section;
  table: number | null;
  tab: Tab;
  item: number | null;
}

function whole(text: string | null): number | null {
  const value = Number(text);
  return text && Number.isInteger(value) && value > 0 ? value : null;
}

export function readChoice(url: URLSearchParams): Choice {
  return {
    section: SECTIONS.find((one) => one === url.get("section")) ?? "tables",
    table: whole(url.get("table")),
    tab: TABS.find((one) => one === url.get("tab")) ?? "findings",
    item: whole(url.get("item")),
  };
}

/** The table that the address names, else the newest. */
export function chosenOf(items: readonly RuleTable[], wanted: number | null): RuleTable | null {
  return items.find(({ no }) => no === wanted) ?? items[0] ?? null;
}

/** What stands between a table and its publication; null: nothing. */
export function bar(
  table: Pick<RuleTable, "tried">,
  rulebook: number,
  contradictions: number | undefined,
): "contradictions" | "untried" | "stale" | null {
  if (contradictions) return "contradictions";
  if (!table.tried) return "untried";
  return table.tried.rulebook === rulebook ? null : "stale";
}
