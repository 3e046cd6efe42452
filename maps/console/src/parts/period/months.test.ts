import { describe, expect, it } from "vitest";

import { following, lastMonths, readMonth } from "./months";

describe("months", () => {
  it("follow each other over the year's end", () => {
    expect(following("2026-11")).toBe("2026-12");
    expect(following("2026-12")).toBe("2027-01");
  });
  it("go back from today", () => {
    expect(lastMonths("2026-02-03", 4)).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
  });
  it("are read from an address that may say anything", () => {
    expect(readMonth("2026-10")).toBe("2026-10");
    for (const wrong of [null, "", "2026-13", "2026-1", "yesterday"]) {
      expect(readMonth(wrong)).toBeNull();
    }
  });
});
