/** Ground that somebody should look at, drawn over one edition of the grid. */
import type { LayerSpecification } from "maplibre-gl";

import { COLOUR, KIND_COLOUR } from "../theme/tokens";
import type { Bounds } from "./camera";
import { collection } from "./feeds";
import type { StyleDocument } from "./registry";
import { layersOf } from "./registry";

export type Tone = "error" | "warning" | "change";

/** One piece of marked ground; `no` is what a click on it tells. */
export interface Marked {
  no: number;
  tone: Tone;
  geometry: GeoJSON.Geometry;
}

export const SOURCE = "marked";
const TONES = ["match", ["get", "tone"], "error", COLOUR.error, KIND_COLOUR.tackling_whistle];
/** From here on ground is seen by itself; further out a spot stands for it. */
const SPOTS_UNTIL = 14;

function* corners(geometry: GeoJSON.Geometry): Generator<GeoJSON.Position> {
  if (geometry.type === "GeometryCollection") {
    for (const part of geometry.geometries) yield* corners(part);
    return;
  }
  const nested: unknown[] = [geometry.coordinates];
  for (let one = nested.pop(); one !== undefined; one = nested.pop()) {
    if (!Array.isArray(one)) continue;
    if (typeof one[0] === "number") yield one as GeoJSON.Position;
    else nested.push(...(one as unknown[]));
  }
}

/** The box around a geometry, or null where it is empty. */
export function boxOf(geometry: GeoJSON.Geometry): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = 0, lat = 0] of corners(geometry)) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box[0] <= box[2] ? box : null;
}

/** Every piece as it is, and a spot for each that is too small to be seen from far. */
export function features(marked: readonly Marked[]): GeoJSON.FeatureCollection {
  return collection(
    marked.flatMap(({ no, tone, geometry }) => {
      const whole: GeoJSON.Feature = { type: "Feature", geometry, properties: { no, tone } };
      const box = boxOf(geometry);
      if (!box || geometry.type === "Point") return [whole];
      const coordinates = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const properties = { no, tone, spot: true };
      return [whole, { type: "Feature", geometry: { type: "Point", coordinates }, properties }];
    }),
  );
}

const isPoint = ["==", ["geometry-type"], "Point"];
const isSpot = ["has", "spot"];

/** The grid alone, as this edition has it: what is of now (cases, facilities, figures) is left out. */
export function ofEdition(style: StyleDocument, edition: number): StyleDocument {
  const ofNow = new Set(
    layersOf(style)
      .filter(({ meta }) => meta.live || meta.feed || meta.opens === "facility")
      .map(({ id }) => id),
  );
  const layers = style.layers.filter(({ id }) => !ofNow.has(id));
  const used = new Set(layers.flatMap((layer) => ("source" in layer ? [layer.source] : [])));
  const sources = Object.fromEntries(
    Object.entries(style.sources).flatMap(([name, source]) => {
      if (!used.has(name) || source.type !== "vector") return [];
      const tiles = source.tiles?.map((url) => url.replace(/edition=\d+/, `edition=${edition}`));
      return [[name, { ...source, ...(tiles && { tiles }) }]];
    }),
  );
  return { ...style, sources, layers };
}

/** The layers that draw the marked ground, the chosen piece on top. */
function layers(chosen: number | null): [areas: object[], spots: object[]] {
  const one = ["==", ["get", "no"], chosen ?? -1];
  const far = { filter: ["all", isPoint, isSpot], maxzoom: SPOTS_UNTIL };
  const spot = { "circle-stroke-color": "#FFFFFF", "circle-stroke-width": 1.5 };
  const area = { source: SOURCE, filter: ["!", isPoint] };
  return [
    [
      { id: "marked-area", type: "fill", ...area, filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": TONES, "fill-opacity": 0.3 } },
      { id: "marked-line", type: "line", ...area,
        paint: { "line-color": TONES, "line-width": 2 } },
      { id: "marked-chosen", type: "line", ...area, filter: ["all", ["!", isPoint], one],
        paint: { "line-color": COLOUR.focus, "line-width": 4 } },
    ],
    [
      { id: "marked-spot", type: "circle", source: SOURCE, ...far,
        paint: { "circle-radius": 4.5, "circle-color": TONES, ...spot } },
      { id: "marked-point", type: "circle", source: SOURCE,
        filter: ["all", isPoint, ["!", isSpot]],
        paint: { "circle-radius": 6, "circle-color": TONES, ...spot } },
      { id: "marked-chosen-point", type: "circle", source: SOURCE, filter: ["all", isPoint, one],
        paint: { "circle-radius": 8, "circle-color": "rgba(0,0,0,0)",
          "circle-stroke-color": COLOUR.focus, "circle-stroke-width": 3 } },
    ],
  ];
}

export const CLICKED = ["marked-point", "marked-spot", "marked-line", "marked-area"];

/** The edition's own document with the marked ground between its lines and its names. */
export function withMarks(
  style: StyleDocument,
  data: GeoJSON.FeatureCollection,
  chosen: number | null,
): StyleDocument {
  const [areas, spots] = layers(chosen) as [LayerSpecification[], LayerSpecification[]];
  const names = style.layers.findIndex(({ type }) => type === "symbol");
  const at = names < 0 ? style.layers.length : names;
  return {
    ...style,
    sources: { ...style.sources, [SOURCE]: { type: "geojson", data } },
    layers: [...style.layers.slice(0, at), ...areas, ...style.layers.slice(at), ...spots],
  };
}
