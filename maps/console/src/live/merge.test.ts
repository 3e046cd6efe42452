import { describe, expect, it } from "vitest";

import type { Burst, CaseChange } from "./merge";
import { addCase, addEdition, emptyBurst, isEmpty, Merger } from "./merge";

const change = (case_no: string, more: Partial<CaseChange> = {}): CaseChange => ({
  case_no,
  kind: null,
  stage: "collect",
  at: "2026-11-24T01:00:00Z",
  units: [],
  emergency: false,
  generated: false,
  ...more,
});

describe("a burst", () => {
  it("keeps the latest change of each case, and an emergency seen on the way", () => {
    let burst = addCase(emptyBurst(), change("1", { emergency: true }));
    burst = addCase(burst, change("1", { stage: "whistle" }));
    burst = addCase(burst, change("2"));
    expect([...burst.cases.keys()]).toEqual(["1", "2"]);
    expect(burst.cases.get("1")).toMatchObject({ stage: "whistle", emergency: true });
  });

  it("knows the newest edition", () => {
    expect(addEdition(addEdition(emptyBurst(), 4), 3).edition).toBe(4);
    expect(isEmpty(emptyBurst())).toBe(true);
    expect(isEmpty(addEdition(emptyBurst(), 1))).toBe(false);
  });
});

describe("the merger", () => {
  it("hands a hundred events on once, and starts again after that", () => {
    const handed: Burst[] = [];
    const runs: (() => void)[] = [];
    const merger = new Merger((burst) => handed.push(burst), 1000, {
      set: (run, ms) => runs.push(() => expect(ms).toBe(1000), run),
    });
    for (let n = 0; n < 100; n += 1) merger.take((burst) => addCase(burst, change(String(n % 7))));
    expect(handed).toHaveLength(0);
    expect(runs).toHaveLength(2);
    runs.splice(0).forEach((run) => run());
    expect(handed).toHaveLength(1);
    expect(handed[0]?.cases.size).toBe(7);
    merger.take((burst) => addCase(burst, change("9")));
    runs.splice(0).forEach((run) => run());
    expect(handed[1]?.cases.size).toBe(1);
  });
});
