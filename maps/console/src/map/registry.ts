/**
 * What the style document says of itself: groups to switch, legends, click targets, feeds.
 * Nothing here, or in the rest of the client, names a layer.
 */
import type { GeoJSONSourceSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

import type { Words } from "../words/locale";

export type StyleDocument = StyleSpecification;

export interface Swatch {
  shape: "line" | "fill" | "hatch" | "mark" | "count" | "facility" | "ring";
  color?: string;
  stroke?: string;
  width?: number;
  dashed?: boolean;
  text?: string;
  kind?: string;
  stage?: string;
  late?: boolean;
}
export interface LegendItem {
  label: Words;
  swatch: Swatch;
}
export interface Feed {
  kind: string;
  level?: number;
  /** Field of the answer's rows that the theme shows, and the limits of its classes. */
  value?: string;
  limits?: number[];
}
export interface Meta {
  group: string;
  title: Words;
  legend: LegendItem[];
  on: boolean;
  clickable: boolean;
  fixed: boolean;
  choice: string | null;
  opens: "unit" | "case" | "facility" | null;
  level: number | null;
  live: boolean;
  feed: Feed | null;
}
export interface DrawnLayer {
  id: string;
  source: string;
  sourceLayer: string | undefined;
  meta: Meta;
}
export interface Group {
  id: string;
  title: Words;
  legend: LegendItem[];
  on: boolean;
  fixed: boolean;
  /** Of the groups with the same choice at most one is on. */
  choice: string | null;
}

function metaOf(layer: LayerSpecification): Meta | null {
  const raw = layer.metadata as Record<string, unknown> | undefined;
  if (!raw || typeof raw["gridsvc:group"] !== "string") return null;
  const read = <T>(name: string, missing: T): T => (raw[`gridsvc:${name}`] as T | undefined) ?? missing;
  return {
    group: raw["gridsvc:group"],
    title: read<Words>("title", { zh: "", en: "" }),
    legend: read<LegendItem[]>("legend", []),
    on: read("on", true),
    clickable: read("clickable", false),
    fixed: read("fixed", false),
    choice: read<string | null>("choice", null),
    opens: read<Meta["opens"]>("opens", null),
    level: read<number | null>("level", null),
    live: read("live", false),
    feed: read<Feed | null>("feed", null),
  };
}

export function layersOf(style: StyleDocument): DrawnLayer[] {
  return style.layers.flatMap((layer) => {
    const meta = metaOf(layer);
    if (!meta || !("source" in layer)) return [];
    const sourceLayer = "source-layer" in layer ? layer["source-layer"] : undefined;
    return [{ id: layer.id, source: layer.source, sourceLayer, meta }];
  });
}

/** Groups in the order of the legend: what lies on top of the map comes first. */
export function groupsOf(style: StyleDocument): Group[] {
  const groups = new Map<string, Group>();
  for (const { meta } of layersOf(style).reverse()) {
    if (groups.has(meta.group)) continue;
    const { group: id, title, legend, on, fixed, choice } = meta;
    groups.set(id, { id, title, legend, on, fixed, choice });
  }
  return [...groups.values()];
}

/** Groups that are on, given those the reader has switched away from their default. */
export function groupsOn(groups: readonly Group[], switched: ReadonlySet<string>): Set<string> {
  return new Set(groups.filter((group) => group.on !== switched.has(group.id)).map((g) => g.id));
}

/** The switched set after a click on one group, at most one of a choice staying on. */
export function toggle(
  groups: readonly Group[],
  switched: ReadonlySet<string>,
  id: string,
): Set<string> {
  const next = new Set(switched);
  if (!next.delete(id)) next.add(id);
  const clicked = groups.find((group) => group.id === id);
  if (!clicked?.choice || !groupsOn(groups, next).has(id)) return next;
  for (const other of groups) {
    if (other.id === id || other.choice !== clicked.choice) continue;
    if (other.on) next.add(other.id);
    else next.delete(other.id);
  }
  return next;
}

/** The document to draw: groups that are off are hidden, feeds are filled with their data. */
export function drawn(
  style: StyleDocument,
  on: ReadonlySet<string>,
  data: Readonly<Record<string, GeoJSON.FeatureCollection>>,
): StyleDocument {
  const layers = style.layers.map((layer) => {
    const meta = metaOf(layer);
    if (!meta || layer.type === "background") return layer;
    const visibility = on.has(meta.group) || meta.fixed ? ("visible" as const) : ("none" as const);
    const layout = { ...layer.layout, visibility };
    return Object.assign({}, layer, { layout });
  });
  const sources = { ...style.sources };
  for (const [name, features] of Object.entries(data)) {
    const source = sources[name];
    if (source?.type !== "geojson") continue;
    sources[name] = { ...source, data: features } satisfies GeoJSONSourceSpecification;
  }
  return { ...style, sources, layers };
}
