import { describe, expect, it } from "vitest";

import { doubtful, percent } from "./sure";

describe("how sure a place is", () => {
  it("reads in whole percents, never as certain what is not", () => {
    expect([0.312, 0.999, 0.001, 1, 0].map(percent)).toEqual(["31%", "99%", "1%", "100%", "0%"]);
  });

  it("is said where there is doubt, and always of an address", () => {
    expect(doubtful("contains", 1)).toBe(false);
    expect(doubtful("contains", 0.69)).toBe(true);
    expect(doubtful("address", 1)).toBe(true);
    expect(doubtful("contains", null)).toBe(false);
  });
});
