import { describe, expect, it } from "vitest";

import { COLOUR, contrast, KIND_COLOUR, STAGE_COLOUR } from "./tokens";

describe("contrast", () => {
  it("knows the ends of the scale", () => {
    expect(contrast("#FFFFFF", "#000000")).toBeCloseTo(21, 5);
    expect(contrast("#123456", "#123456")).toBeCloseTo(1, 5);
  });

  it("keeps text readable on its ground", () => {
    for (const ground of [COLOUR.ground, COLOUR.land, COLOUR.soft]) {
      expect(contrast(COLOUR.text, ground)).toBeGreaterThan(7);
      expect(contrast(COLOUR.quiet, ground)).toBeGreaterThan(4.5);
    }
    expect(contrast(COLOUR.warn, COLOUR.warnSoft)).toBeGreaterThan(4.5);
    expect(contrast(COLOUR.error, COLOUR.errorSoft)).toBeGreaterThan(4.5);
    expect(contrast(COLOUR.focus, COLOUR.land)).toBeGreaterThan(6);
  });

  it("keeps every kind visible on land", () => {
    for (const hue of Object.values(KIND_COLOUR)) {
      expect(contrast(hue, COLOUR.land)).toBeGreaterThan(3.1);
    }
  });

  it("darkens the stage bar step by step", () => {
    const onWhite = STAGE_COLOUR.map((colour) => contrast(colour, "#FFFFFF"));
    expect(onWhite).toEqual([...onWhite].sort((a, b) => a - b));
  });
});
