import { describe, expect, it } from "vitest";

import { makeFormat } from "../../words/format";
import type { Filters } from "./filters";
import { narrowing, NO_FILTERS, questionOf, readFilters, writeFilters } from "./filters";

const format = makeFormat("zh", "Asia/Shanghai");
const FULL: Filters = {
  stage: ["collect", "handle"],
  kind: "problem_whistle",
  category: "waste",
  department: "urban_management",
  unit: "530112001",
  overdue: true,
  manual: true,
  all: true,
  since: "2026-11-01",
  until: "2026-11-24",
  q: "井盖",
  order: "due",
};

describe("filters in the URL", () => {
  it("come back as they went, all of them and none", () => {
    for (const filters of [FULL, NO_FILTERS]) {
      const url = writeFilters(new URLSearchParams(), filters);
      expect(readFilters(new URLSearchParams(url.toString()))).toEqual(filters);
    }
    expect(writeFilters(new URLSearchParams(), NO_FILTERS).toString()).toBe("");
  });

  it("leave the rest of the URL alone and replace their own old values", () => {
    const url = new URLSearchParams("case=7&stage=reply&view=1,2,3&overdue=1");
    const next = writeFilters(url, { ...NO_FILTERS, stage: ["handle"] });
    expect(next.toString()).toBe("case=7&view=1%2C2%2C3&stage=handle");
  });

  it("ignore what nobody could have chosen", () => {
    const url = new URLSearchParams("since=yesterday&order=best&overdue=yes&kind=");
    expect(readFilters(url)).toEqual(NO_FILTERS);
  });
});

describe("the question", () => {
  it("asks for open cases unless told otherwise", () => {
    expect(questionOf(NO_FILTERS, format)).toEqual({ order: "newest", open: true });
    expect(questionOf({ ...NO_FILTERS, all: true }, format).open).toBeUndefined();
  });

  it("takes days as the district's, the last one to its end", () => {
    const asked = questionOf(FULL, format);
    expect(asked.since).toBe("2026-10-31T16:00:00.000Z");
    expect(asked.until).toBe("2026-11-24T16:00:00.000Z");
    expect(asked).toMatchObject({ stage: ["collect", "handle"], unit: "530112001", q: "井盖" });
  });

  it("knows which filters narrow the list", () => {
    expect(narrowing(NO_FILTERS)).toEqual([]);
    expect(narrowing({ ...NO_FILTERS, order: "due", all: true })).toEqual([]);
    expect(narrowing({ ...NO_FILTERS, q: " ", until: "2026-11-24" })).toEqual(["time"]);
    expect(narrowing(FULL)).toHaveLength(9);
  });
});
