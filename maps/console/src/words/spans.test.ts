import { describe, expect, it } from "vitest";

import { lastSpans, spanDays } from "./spans";

describe("spans", () => {
  it("go back from today in every length", () => {
    expect(lastSpans("month", "2026-02-03", 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
    expect(lastSpans("quarter", "2026-04-01", 3)).toEqual(["2026-Q2", "2026-Q1", "2025-Q4"]);
    expect(lastSpans("half", "2026-06-30", 2)).toEqual(["2026-H1", "2025-H2"]);
    expect(lastSpans("year", "2026-12-31", 2)).toEqual(["2026", "2025"]);
  });
  it("end where the next one begins", () => {
    expect(spanDays("2026-12")).toEqual(["2026-12-01", "2027-01-01"]);
    expect(spanDays("2026-Q4")).toEqual(["2026-10-01", "2027-01-01"]);
    expect(spanDays("2026-H1")).toEqual(["2026-01-01", "2026-07-01"]);
    expect(spanDays("2026")).toEqual(["2026-01-01", "2027-01-01"]);
    for (const wrong of ["", "2026-13", "2026-Q5", "soon"]) expect(spanDays(wrong)).toBeNull();
  });
});
