import { describe, expect, it } from "vitest";

import type { Me } from "../../api/types";
import { homeOf } from "./home";

const me = (more: Partial<Me>) => ({ department: null, unit: null, ...more }) as Me;
const street = { level: 2, code: "530111001", name: "关上街道" };
const bureau = { code: "water_bureau", name: "区水务局" };

describe("where an account starts", () => {
  it("is its department, or else its own area", () => {
    const empty = new URLSearchParams("e2e=1");
    expect(homeOf(me({ unit: street }), empty)?.toString()).toBe("e2e=1&unit=530111001");
    expect(homeOf(me({ department: bureau, unit: street }), empty)?.get("department")).toBe(
      "water_bureau",
    );
  });

  it("is the whole district for those who answer for all of it", () => {
    expect(homeOf(me({ unit: { ...street, level: 1 } }), new URLSearchParams())).toBeNull();
    expect(homeOf(me({}), new URLSearchParams())).toBeNull();
  });

  it("is what a shared address says, if it says anything", () => {
    expect(homeOf(me({ unit: street }), new URLSearchParams("case=7"))).toBeNull();
    expect(homeOf(me({ unit: street }), new URLSearchParams("overdue=1"))).toBeNull();
  });
});
