interface Node {
  code: string;
  parent: string | null;
}

/** Rows depth first, each with the rows above it; a row whose parent is unknown counts as a root. */
export function inTreeOrder<T extends Node>(rows: readonly T[]): { row: T; path: T[] }[] {
  const codes = new Set(rows.map((row) => row.code));
  const below = new Map<string | null, T[]>();
  for (const row of rows) {
    const parent = row.parent && codes.has(row.parent) ? row.parent : null;
    below.set(parent, [...(below.get(parent) ?? []), row]);
  }
  const walk = (parent: string | null, path: T[]): { row: T; path: T[] }[] =>
    (below.get(parent) ?? []).flatMap((row) => [{ row, path }, ...walk(row.code, [...path, row])]);
  return walk(null, []);
}
