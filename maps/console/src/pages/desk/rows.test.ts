import { describe, expect, it } from "vitest";

import type { CasePage, CaseRow } from "../../api/types";
import { neighbour, shownRows, unseen } from "./rows";

const row = (case_no: string, version = 1, stage = "collect") =>
  ({ case_no, version, stage }) as CaseRow;
const page = (...items: CaseRow[]): CasePage => ({ items, next: null, total: 9, total_capped: false });

describe("rows on the screen", () => {
  it("keep their order while they are brought up to date", () => {
    const rows = shownRows([page(row("3"), row("2")), page(row("2"), row("1"))], [
      row("1", 4, "handle"),
      row("9"),
      row("3", 2, "whistle"),
    ]);
    expect(rows.map((one) => one.case_no)).toEqual(["3", "2", "1"]);
    expect(rows.map((one) => one.stage)).toEqual(["whistle", "collect", "handle"]);
  });

  it("never go back to an older version", () => {
    const rows = shownRows([page(row("1", 5, "handle"))], [row("1", 4, "whistle")]);
    expect(rows[0]?.stage).toBe("handle");
  });
});

describe("new rows", () => {
  it("are counted, not shown", () => {
    const shown = [row("3"), row("2")];
    expect(unseen(shown, page(row("5"), row("4"), row("3"), row("2"), row("1")))).toBe(2);
    expect(unseen(shown, page(row("3"), row("2")))).toBe(0);
    expect(unseen(shown, undefined)).toBe(0);
  });

  it("are all of them when the list was empty", () => {
    expect(unseen([], page(row("1"), row("2")))).toBe(2);
  });
});

describe("neighbours", () => {
  const rows = [row("3"), row("2"), row("1")];
  it("stop at the ends and start at an end", () => {
    expect(neighbour(rows, "3", 1)?.case_no).toBe("2");
    expect(neighbour(rows, "1", 1)).toBeNull();
    expect(neighbour(rows, null, 1)?.case_no).toBe("3");
    expect(neighbour(rows, "gone", -1)?.case_no).toBe("1");
  });
});
