import { describe, expect, it } from "vitest";

import type { RuleTable } from "../../api/types";
import { bar, chosenOf, readChoice } from "./choice";

const tried = { rulebook: 7 } as RuleTable["tried"];

describe("the table looked at", () => {
  it("is the one of the address, else the newest", () => {
    const items = [{ no: 3 }, { no: 1 }] as RuleTable[];
    expect(chosenOf(items, 1)?.no).toBe(1);
    expect(chosenOf(items, 2)?.no).toBe(3);
    expect(chosenOf([], null)).toBeNull();
  });

  it("is read from the address, whatever nonsense it holds", () => {
    const url = new URLSearchParams("section=x&table=-1&tab=nothing&item=1.5");
    expect(readChoice(url)).toEqual({ section: "tables", table: null, tab: "findings", item: null });
  });
});

describe("what bars publishing", () => {
  it("is a contradiction, no trial, or a trial by other rules", () => {
    expect(bar({ tried }, 7, 2)).toBe("contradictions");
    expect(bar({ tried: null }, 7, 0)).toBe("untried");
    expect(bar({ tried }, 8, 0)).toBe("stale");
    expect(bar({ tried }, 7, 0)).toBeNull();
    expect(bar({ tried }, 7, undefined)).toBeNull();
  });
});
