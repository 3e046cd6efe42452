import { describe, expect, it } from "vitest";

import type { CaseOut, Move, MoveField } from "../../api/types";
import { bodyOf, isEmpty, leading, missing, offered, startValues } from "./form";

const words = { zh: "字", en: "word" };
const field = (name: string, type: string, required = false): MoveField =>
  ({ name, type, required, label: words }) as MoveField;
const FIELDS = [
  field("kind", "kind", true),
  field("departments", "departments"),
  field("note", "text"),
];
const found = {
  kind: null,
  category: { code: "waste", name: words },
  departments: [
    { code: "a", name: "甲", role: "supporting", reported_in_at: "2026-11-24T01:00:00Z" },
    { code: "b", name: "乙", role: "lead", reported_in_at: null },
  ],
} as unknown as CaseOut;
const move = (code: string, to: string | null) =>
  ({ code, name: words, from: [], to, fields: [], tells: null }) as Move;

describe("the form", () => {
  it("starts from what the case already has", () => {
    const values = startValues([...FIELDS, field("category", "category")], found);
    expect(values).toMatchObject({ departments: ["a", "b"], lead: "b", category: "waste" });
  });

  it("proposes the one department that has not reported in", () => {
    expect(startValues([field("department", "department")], found)).toEqual({ department: "b" });
  });

  it("names what is missing, blanks included", () => {
    expect(missing(FIELDS, { kind: null })).toEqual(["kind"]);
    expect(missing([field("reason", "text", true)], { reason: "  " })).toEqual(["reason"]);
    expect(missing([field("score", "score", true)], { score: 0 })).toEqual([]);
    expect(isEmpty([])).toBe(true);
  });
});

describe("the request", () => {
  it("sends filled fields only, with the version the user saw", () => {
    const body = bodyOf(FIELDS, { kind: "problem_whistle", note: " 请速办 ", departments: [] }, 4);
    expect(body).toEqual({ version: 4, kind: "problem_whistle", note: "请速办" });
  });

  it("names a lead among the departments, the first if the chosen one was taken out", () => {
    const departments = ["a", "b"];
    expect(bodyOf(FIELDS, { departments, lead: "b" }, 1).lead).toBe("b");
    expect(bodyOf(FIELDS, { departments, lead: "c" }, 1).lead).toBe("a");
    expect("lead" in bodyOf(FIELDS, { note: "x", lead: "b" }, 1)).toBe(false);
  });
});

describe("the moves offered", () => {
  const moves = [move("note", null), move("back", "collect"), move("go", "handle")];

  it("are those the server allows, in the catalogue's order", () => {
    expect(offered(moves, ["go", "note", "unknown"]).map((one) => one.code)).toEqual(["note", "go"]);
  });

  it("stress the one that carries the case forward", () => {
    const order = ["collect", "report_in", "handle"];
    expect(leading(moves, order, "report_in")?.code).toBe("go");
    expect(leading(moves, order, "handle")).toBeNull();
  });
});
