import { describe, expect, it } from "vitest";

import { inTreeOrder } from "./tree";

const row = (code: string, parent: string | null = null) => ({ code, parent });

describe("rows in tree order", () => {
  it("stand below their parents, wherever they were listed", () => {
    const rows = [row("b1", "b"), row("a"), row("b"), row("a1", "a"), row("a2", "a1")];
    expect(inTreeOrder(rows).map((one) => one.row.code)).toEqual(["a", "a1", "a2", "b", "b1"]);
    const last = inTreeOrder(rows).find((one) => one.row.code === "a2");
    expect(last?.path.map((above) => above.code)).toEqual(["a", "a1"]);
  });

  it("are not lost with a parent that nobody lists", () => {
    expect(inTreeOrder([row("x", "gone")]).map((one) => one.row.code)).toEqual(["x"]);
  });
});
