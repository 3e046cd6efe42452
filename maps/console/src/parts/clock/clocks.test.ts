import { describe, expect, it } from "vitest";

import type { CaseClock } from "../../api/types";
import { stateOf } from "./Clocks";

const RUNNING: CaseClock = {
  no: 1,
  clock: "report_in",
  name: { zh: "报到", en: "Report in" },
  department: "works",
  step: null,
  amount: 8,
  unit: "working_hour",
  started_at: "2026-11-24T01:00:00Z",
  due_at: "2026-11-24T09:00:00Z",
  stopped_at: null,
  standing: false,
  void: false,
  broken: false,
  extended: 0,
};
const before = Date.parse("2026-11-24T08:00:00Z");
const after = Date.parse("2026-11-24T10:00:00Z");

describe("a clock", () => {
  it("runs until it runs out, also while nobody asks the server", () => {
    expect(stateOf(RUNNING, before)).toBe("running");
    expect(stateOf(RUNNING, after)).toBe("broken");
  });
  it("that has stopped stays as it was", () => {
    const stopped = { ...RUNNING, stopped_at: "2026-11-24T08:00:00Z" };
    expect(stateOf(stopped, after)).toBe("kept");
    expect(stateOf({ ...stopped, broken: true }, after)).toBe("broken");
    expect(stateOf({ ...stopped, void: true }, after)).toBe("void");
  });
  it("stands while the case is hung up", () => {
    expect(stateOf({ ...RUNNING, standing: true }, after)).toBe("standing");
  });
});
