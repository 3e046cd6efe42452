import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";

import type { Marked } from "./marked";
import { boxOf, features, ofEdition, withMarks } from "./marked";
import type { StyleDocument } from "./registry";

const style = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../tests/style.json"), "utf8"),
) as StyleDocument;
const SQUARE: GeoJSON.Polygon = {
  type: "Polygon",
  coordinates: [[[1, 2], [3, 2], [3, 6], [1, 6], [1, 2]]],
};
const PIECES: Marked[] = [
  { no: 7, tone: "change", geometry: SQUARE },
  { no: 8, tone: "error", geometry: { type: "Point", coordinates: [5, 5] } },
];

describe("marked ground", () => {
  it("has a box, and none where it is empty", () => {
    expect(boxOf(SQUARE)).toEqual([1, 2, 3, 6]);
    expect(boxOf({ type: "GeometryCollection", geometries: [] })).toBeNull();
  });

  it("is drawn as it is, with a spot in the middle of what is not a point", () => {
    const drawn = features(PIECES).features;
    expect(drawn.map(({ properties }) => properties?.no as number)).toEqual([7, 7, 8]);
    expect(drawn[1]?.geometry).toEqual({ type: "Point", coordinates: [2, 4] });
  });

  it("lies on a document of its edition alone that MapLibre understands", () => {
    const document_ = withMarks(ofEdition(style, 12), features(PIECES), 7);
    expect(validateStyleMin(document_)).toEqual([]);
    const tiles = Object.values(document_.sources).flatMap((one) =>
      one.type === "vector" ? (one.tiles ?? []) : [],
    );
    expect(tiles.length).toBeGreaterThan(3);
    expect(tiles.every((url) => url.endsWith("edition=12"))).toBe(true);
    expect(tiles.some((url) => url.includes("/tiles/case/"))).toBe(false);
  });
});
