import { describe, expect, it } from "vitest";

import type { EditionList, EditionRow } from "../../api/types";
import { againstOf, chosenOf, readChoice } from "./choice";

const edition = (no: number, answering = false) => ({ no, answering }) as EditionRow;
const list: EditionList = {
  items: [edition(3), edition(2, true), edition(1)],
  history: [{ edition_no: 2, previous_no: 1, at: "2026-11-24T00:00:00Z", by: "x", reason: null }],
};

describe("what is looked at", () => {
  it("is the edition of the address, else the newest", () => {
    expect(chosenOf(list.items, 1)?.no).toBe(1);
    expect(chosenOf(list.items, 9)?.no).toBe(3);
    expect(chosenOf([], null)).toBeNull();
  });

  it("is compared with the one that answers, and that one with the one before it", () => {
    expect(againstOf(list, 3, null)).toBe(2);
    expect(againstOf(list, 2, null)).toBe(1);
    expect(againstOf(list, 3, 1)).toBe(1);
    expect(againstOf(list, 3, 3)).toBe(2);
    expect(againstOf({ items: [edition(1, true)], history: [] }, 1, null)).toBeNull();
  });

  it("is read from the address, whatever nonsense it holds", () => {
    const url = new URLSearchParams("edition=x&against=-1&tab=nothing&severity=bad");
    expect(readChoice(url)).toEqual({
      edition: null,
      against: null,
      tab: "findings",
      filter: { severity: null, kind: null },
    });
  });
});
