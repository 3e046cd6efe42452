import { describe, expect, it } from "vitest";

import { makeFormat } from "./format";

const zh = makeFormat("zh", "Asia/Shanghai");
const en = makeFormat("en", "Asia/Shanghai");
const NOW = Date.parse("2026-11-24T01:38:12Z");

describe("times are the district's", () => {
  it("prints a record's time in the district's zone", () => {
    expect(zh.stamp("2026-11-24T01:38:00Z")).toBe("2026-11-24 09:38");
    expect(zh.stamp("2026-11-23T16:00:00Z")).toBe("2026-11-24 00:00");
    expect(zh.stamp(null)).toBe("—");
  });

  it("says today only on the district's day", () => {
    expect(zh.listTime("2026-11-23T16:30:00Z", NOW)).toBe("今天 00:30");
    expect(zh.listTime("2026-11-23T15:30:00Z", NOW)).toBe("11月23日 23:30");
    expect(zh.listTime("2025-11-23T15:30:00Z", NOW)).toBe("2025-11-23 23:30");
    expect(en.listTime("2026-11-24T01:00:00Z", NOW)).toBe("Today 09:00");
  });

  it("starts a civil day at the district's midnight, also across a change of clocks", () => {
    expect(zh.dayStart("2026-11-24")).toBe("2026-11-23T16:00:00.000Z");
    expect(zh.dayStart("2026-11-24", 1)).toBe("2026-11-24T16:00:00.000Z");
    const berlin = makeFormat("en", "Europe/Berlin");
    expect(berlin.dayStart("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
    expect(berlin.dayStart("2026-03-30")).toBe("2026-03-29T22:00:00.000Z");
  });
});

describe("deadlines", () => {
  it("says nothing while there is time", () => {
    expect(zh.due("2026-11-25T01:38:00Z", NOW)).toEqual({ state: "in_time", text: "" });
    expect(zh.due(null, NOW).state).toBe("none");
  });

  it("counts what is left and what is over, rounding down", () => {
    expect(zh.due("2026-11-24T04:40:00Z", NOW)).toEqual({ state: "soon", text: "剩3小时" });
    expect(zh.due("2026-11-21T01:38:00Z", NOW)).toEqual({ state: "late", text: "超期3天" });
    expect(en.due("2026-11-24T00:00:00Z", NOW)).toEqual({ state: "late", text: "1 h late" });
  });

  it("judges a closed case by the time it was closed", () => {
    expect(zh.due("2026-11-23T00:00:00Z", NOW, "2026-11-22T00:00:00Z").state).toBe("in_time");
    expect(zh.due("2026-11-20T00:00:00Z", NOW, "2026-11-22T00:00:00Z").text).toBe("超期2天");
  });
});

describe("numbers", () => {
  it("tells missing from zero", () => {
    expect(zh.number(0)).toBe("0");
    expect(zh.number(null)).toBe("—");
    expect(zh.number(12345)).toBe("12,345");
    expect(zh.metres(349.6)).toBe("350米");
    expect(zh.metres(1240)).toBe("1.2公里");
    expect(en.metres(12)).toBe("12 m");
  });
});
