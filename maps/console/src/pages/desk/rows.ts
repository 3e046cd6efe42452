/** The list on the screen: pages as first read, kept in place while their rows are brought up to date. */
import type { CasePage, CaseRow } from "../../api/types";

/** Rows in their first order, each in its newest version. Nothing moves under the pointer. */
export function shownRows(
  pages: readonly CasePage[],
  newer: readonly CaseRow[],
): CaseRow[] {
  const latest = new Map<string, CaseRow>();
  for (const row of newer) {
    const known = latest.get(row.case_no);
    if (!known || row.version >= known.version) latest.set(row.case_no, row);
  }
  const seen = new Set<string>();
  return pages
    .flatMap((page) => page.items)
    .filter((row) => !seen.has(row.case_no) && seen.add(row.case_no))
    .map((row) => {
      const fresh = latest.get(row.case_no);
      return fresh && fresh.version >= row.version ? fresh : row;
    });
}

/** How many rows of the newest answer are not on the screen and stand before its last row. */
export function unseen(rows: readonly CaseRow[], head: CasePage | undefined): number {
  if (!head) return 0;
  const known = new Set(rows.map((row) => row.case_no));
  const lastKnown = head.items.findLastIndex((row) => known.has(row.case_no));
  const all = rows.length === 0 || lastKnown < 0;
  const before = all ? head.items : head.items.slice(0, lastKnown);
  return before.filter((row) => !known.has(row.case_no)).length;
}

/** The row `step` away from the current one; the first or last when there is none. */
export function neighbour(
  rows: readonly CaseRow[],
  current: string | null,
  step: 1 | -1,
): CaseRow | null {
  const at = rows.findIndex((row) => row.case_no === current);
  if (at < 0) return rows.at(step === 1 ? 0 : -1) ?? null;
  return rows[at + step] ?? null;
}
