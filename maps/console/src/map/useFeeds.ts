/** Asks the server for what the style's feeds name, while their groups are on. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";

import { countsQuery, themeQuery } from "../api/queries";
import type { LonLat, Words } from "../api/types";
import { classes, collection, countPoints, feedsOf, point } from "./feeds";
import type { StyleDocument } from "./registry";

export interface ThemeState {
  kind: string;
  group: string;
  source: string;
  sourceLayer: string;
  classes: Map<string, number>;
}

export interface FeedData {
  /** GeoJSON by source name, to be drawn. */
  points: Record<string, GeoJSON.FeatureCollection>;
  themes: ThemeState[];
  /** What the server says of a theme's numbers, by group. */
  notes: Record<string, Words | null>;
  /** Groups whose numbers could not be fetched. */
  failed: Set<string>;
}

/** The open case, drawn above all others, or a bare position. */
export interface Pin extends LonLat {
  mark: { kind: string | null; stage: string; overdue: boolean } | null;
}

export function useFeeds(style: StyleDocument, on: ReadonlySet<string>, pins: Pin[]): FeedData {
  const uses = useMemo(() => feedsOf(style).filter(({ feed }) => feed.level), [style]);
  const countUses = uses.filter(({ feed }) => feed.kind === "counts");
  const themeUses = uses.filter(({ feed }) => feed.kind !== "counts");
  const pinSource = feedsOf(style).find(({ feed }) => feed.kind === "pin")?.source;

  const counts = useQueries({
    queries: countUses.map(({ feed, group }) => ({
      ...countsQuery(feed.level ?? 0),
      enabled: on.has(group),
    })),
    combine: (results) => ({
      answers: results.flatMap((result) => (result.data ? [result.data] : [])),
      failed: results.some((result) => result.isError),
    }),
  });
  const themed = useQueries({
    queries: themeUses.map(({ feed, group }) => ({
      ...themeQuery(feed.kind, feed.level ?? 0),
      enabled: on.has(group),
    })),
    combine: (results) => results.map(({ data, isError }) => ({ data, isError })),
  });

  return useMemo(() => {
    const points: FeedData["points"] = {};
    const countSource = countUses[0]?.source;
    if (countSource) points[countSource] = countPoints(counts.answers);
    if (pinSource) {
      points[pinSource] = collection(pins.map((pin) => point(pin, pin.mark)));
    }
    const failed = new Set(counts.failed && countUses[0] ? [countUses[0].group] : []);
    const notes: FeedData["notes"] = {};
    const themes = themeUses.flatMap(({ feed, group, source, sourceLayer }, index) => {
      const result = themed[index];
      if (result?.isError) failed.add(group);
      if (!result?.data || !sourceLayer) return [];
      notes[group] = result.data.note;
      return [{ kind: feed.kind, group, source, sourceLayer, classes: classes(feed, result.data) }];
    });
    return { points, themes, notes, failed };
  }, [countUses, themeUses, pinSource, counts, themed, pins]);
}
