import { describe, expect, it } from "vitest";

import type { Linkable } from "./linked";
import { makeLink } from "./linked";

class FakeMap implements Linkable {
  moves = 0;
  private told = new Set<() => void>();

  constructor(public center: string) {}

  getCenter = () => this.center;
  getZoom = () => 12;
  on = (_: "move", told: () => void) => this.told.add(told);
  off = (_: "move", told: () => void) => this.told.delete(told);
  jumpTo = (place: { center: string }) => {
    this.center = place.center;
    this.moves += 1;
    this.told.forEach((told) => told());
  };
}

describe("linked maps", () => {
  it("look at the same place, whichever is moved, and a latecomer too", () => {
    const [old, new_] = [new FakeMap("a"), new FakeMap("b")];
    const link = makeLink();
    link.join(old);
    link.join(new_);
    expect(new_.center).toBe("a");
    old.jumpTo({ center: "c" });
    expect(new_.center).toBe("c");
    new_.jumpTo({ center: "d" });
    expect([old.center, old.moves]).toEqual(["d", 2]);
  });

  it("are let go", () => {
    const [old, new_] = [new FakeMap("a"), new FakeMap("a")];
    const link = makeLink();
    link.join(old);
    link.join(new_)();
    old.jumpTo({ center: "b" });
    expect(new_.center).toBe("a");
  });
});
