import type { Me } from "../../api/types";

/** Parameters that say what somebody wants to see; an address with one of them is left alone. */
const WANTED = ["case", "unit", "department", "stage", "q", "overdue", "manual"];

/**
 * The address that an account starts from: a department's people see their department's cases, those
 * of a street or community their own area. Null where the address already says what to show.
 */
export function homeOf(me: Me, url: URLSearchParams): URLSearchParams | null {
  if (WANTED.some((name) => url.has(name))) return null;
  const next = new URLSearchParams(url);
  if (me.department) next.set("department", me.department.code);
  else if (me.unit && me.unit.level > 1) next.set("unit", me.unit.code);
  else return null;
  return next;
}
