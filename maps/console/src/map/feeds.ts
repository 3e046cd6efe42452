/** From the server's answers to what the map draws: points for printed counts, classes for fills. */
import type { Counts, LonLat, Themed } from "../api/types";
import type { DrawnLayer, Feed, StyleDocument } from "./registry";
import { layersOf } from "./registry";

export const NO_DATA = -1;

export interface FeedUse {
  feed: Feed;
  group: string;
  source: string;
  sourceLayer: string | undefined;
}

/** Each feed once, with the source it belongs to. */
export function feedsOf(style: StyleDocument): FeedUse[] {
  const seen = new Map<string, FeedUse>();
  for (const { source, sourceLayer, meta } of layersOf(style)) {
    if (!meta.feed) continue;
    const key = `${meta.feed.kind}/${meta.feed.level ?? ""}`;
    if (!seen.has(key)) seen.set(key, { feed: meta.feed, group: meta.group, source, sourceLayer });
  }
  return [...seen.values()];
}

export function collection(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

export function point(at: LonLat, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature {
  return { type: "Feature", geometry: { type: "Point", coordinates: [at.lon, at.lat] }, properties };
}

/** One point a unit that has open cases; a unit without any prints nothing. */
export function countPoints(answers: readonly Counts[]): GeoJSON.FeatureCollection {
  return collection(
    answers.flatMap(({ level, items }) =>
      items.flatMap(({ code, open, overdue, label }) =>
        open > 0 ? [point(label, { level, code, open, overdue })] : [],
      ),
    ),
  );
}

/** Class of a value: how many limits it has reached. */
export function classOf(value: unknown, limits: readonly number[]): number {
  if (typeof value !== "number" || Number.isNaN(value)) return NO_DATA;
  return limits.filter((limit) => value >= limit).length;
}

/** Class by unit code. A row whose sample is too small to judge counts as no data. */
export function classes(feed: Feed, answer: Themed): Map<string, number> {
  return new Map(
    answer.items.map((item) => [
      item.code,
      item.small === true ? NO_DATA : classOf(item[feed.value ?? ""], feed.limits ?? []),
    ]),
  );
}

/** Sources whose features are grid units, for the state of hover and selection. */
export function unitSources(layers: readonly DrawnLayer[]): DrawnLayer[] {
  const found = new Map<string, DrawnLayer>();
  for (const layer of layers) {
    if (layer.meta.opens === "unit" && layer.sourceLayer) found.set(layer.source, layer);
  }
  return [...found.values()];
}
