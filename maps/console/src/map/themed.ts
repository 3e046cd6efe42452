/** A theme's features over the grid: coloured by one of its shades, hatched where nothing is said. */
import type { LayerSpecification } from "maplibre-gl";

import type { Theme, ThemeShade } from "../api/types";
import { COLOUR } from "../theme/tokens";
import { classOf, NO_DATA } from "./feeds";
import type { StyleDocument } from "./registry";

export const THEME = "theme";
const SKETCH = "theme-sketch";
export const PICKED = ["theme-point", "theme-hatch", "theme-fill"];

/** The theme's features, each with the class of the shade that it falls into. */
export function classed(theme: Theme, shade: ThemeShade): GeoJSON.FeatureCollection {
  const { features } = theme.features as unknown as GeoJSON.FeatureCollection;
  return {
    type: "FeatureCollection",
    features: features.map((feature) => {
      const { no, small, [shade.column]: value } = feature.properties ?? {};
      const place = small === true ? NO_DATA : classOf(value, shade.limits);
      return { ...feature, properties: { no: Number(no), class: place } };
    }),
  };
}

function layers(shade: ThemeShade, chosen: number | null): object[] {
  const colours = shade.colours.flatMap((colour, place) => [place, colour]);
  const fill = ["match", ["get", "class"], ...colours, "rgba(0,0,0,0)"];
  const area = ["==", ["geometry-type"], "Polygon"];
  const none = ["==", ["get", "class"], NO_DATA];
  const one = ["==", ["get", "no"], chosen ?? -1];
  return [
    { id: "theme-fill", type: "fill", source: THEME, filter: area,
      paint: { "fill-color": fill, "fill-opacity": 0.85 } },
    { id: "theme-hatch", type: "fill", source: THEME, filter: ["all", area, none],
      paint: { "fill-pattern": "hatch", "fill-opacity": 0.7 } },
    { id: "theme-line", type: "line", source: THEME, filter: area,
      paint: { "line-color": "#7B858E", "line-width": 0.6 } },
    { id: "theme-point", type: "circle", source: THEME, filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-color": ["case", none, "#FFFFFF", fill],
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 4, 16, 8],
        "circle-stroke-color": COLOUR.ink,
        "circle-stroke-width": 1,
      } },
    { id: "theme-chosen", type: "line", source: THEME, filter: ["all", area, one],
      paint: { "line-color": COLOUR.focus, "line-width": 3 } },
    { id: "theme-chosen-point", type: "circle", source: THEME,
      filter: ["all", ["==", ["geometry-type"], "Point"], one],
      paint: { "circle-radius": 10, "circle-color": "rgba(0,0,0,0)",
        "circle-stroke-color": COLOUR.focus, "circle-stroke-width": 3 } },
  ];
}

const SKETCHED: object[] = [
  { id: "sketch-fill", type: "fill", source: SKETCH, filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": COLOUR.focus, "fill-opacity": 0.15 } },
  { id: "sketch-line", type: "line", source: SKETCH,
    paint: { "line-color": COLOUR.focus, "line-width": 2 } },
  { id: "sketch-corner", type: "circle", source: SKETCH, filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 4, "circle-color": "#FFFFFF",
      "circle-stroke-color": COLOUR.focus, "circle-stroke-width": 2 } },
];

/** What is being drawn: its corners, the line between them, and the ground from three corners on. */
export function sketch(corners: readonly GeoJSON.Position[]): GeoJSON.FeatureCollection {
  const shapes: GeoJSON.Geometry[] = corners.map((coordinates) => ({ type: "Point", coordinates }));
  if (corners.length === 2) shapes.push({ type: "LineString", coordinates: [...corners] });
  const ground = polygonOf(corners);
  if (ground) shapes.push(ground);
  return {
    type: "FeatureCollection",
    features: shapes.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
  };
}

/** The ground within the corners; null with fewer than three. */
export function polygonOf(corners: readonly GeoJSON.Position[]): GeoJSON.Polygon | null {
  const [first] = corners;
  if (!first || corners.length < 3) return null;
  return { type: "Polygon", coordinates: [[...corners, first]] };
}

/** The grid's own document with the theme between its land and its lines. */
export function withTheme(
  style: StyleDocument,
  data: GeoJSON.FeatureCollection,
  shade: ThemeShade,
  chosen: number | null,
  corners: readonly GeoJSON.Position[],
): StyleDocument {
  const lines = style.layers.findIndex(({ type }) => type === "line");
  const at = lines < 0 ? style.layers.length : lines;
  return {
    ...style,
    sources: {
      ...style.sources,
      [THEME]: { type: "geojson", data },
      [SKETCH]: { type: "geojson", data: sketch(corners) },
    },
    layers: [
      ...style.layers.slice(0, at),
      ...(layers(shade, chosen) as LayerSpecification[]),
      ...style.layers.slice(at),
      ...(SKETCHED as LayerSpecification[]),
    ],
  };
}
