/** Keeps the running map in step with what the desk knows: camera, selection, themes, live tiles. */
import type { MapRef } from "@vis.gl/react-maplibre";
import type { MapGeoJSONFeature } from "maplibre-gl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Aim, Bounds } from "./camera";
import { useCamera } from "./camera";
import { unitSources } from "./feeds";
import { library } from "./library";
import { addNamedImage } from "./marks";
import type { DrawnLayer, StyleDocument } from "./registry";
import type { FeedData } from "./useFeeds";

interface Known {
  layers: ReadonlyMap<string, DrawnLayer>;
  document: StyleDocument;
  feeds: FeedData;
  bounds: Bounds;
  start: Aim | null;
  covered: number;
  unit: string | null;
  bursts: number;
  exposed: boolean;
}

function useReady(map: MapRef | null, exposed: boolean): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!map) return;
    const inner = map.getMap();
    const told = () => setReady(true);
    // Before the first tile: what it asks for while nobody answers stays undrawn.
    inner.setMissingStyleImageResolver((name) => addNamedImage(inner, name));
    const controls = [
      new library.ScaleControl({ maxWidth: 96 }),
      new library.NavigationControl({ showCompass: false }),
    ];
    for (const control of controls) inner.addControl(control, "bottom-right");
    if (inner.isStyleLoaded()) told();
    inner.on("load", told);
    if (exposed) Object.assign(window, { __map: inner });
    return () => {
      inner.off("load", told);
      for (const control of controls) inner.removeControl(control);
    };
  }, [map, exposed]);
  return ready;
}

/** Goes where the desk last wished; before any wish, once, to where the address points. */
function useCameraWishes(map: MapRef | null, ready: boolean, known: Known): void {
  const { covered, start } = known;
  const { aim: wished, wish } = useCamera();
  const aim = wished ?? start;
  const done = useRef(-1);
  useEffect(() => {
    if (!map || !ready || !aim || wish === done.current) return;
    done.current = wish;
    const padding = { top: 40, bottom: 40, left: 40, right: 40 + covered };
    if ("bounds" in aim) {
      const [west, south, east, north] = aim.bounds;
      map.fitBounds([west, south, east, north], { padding, maxZoom: 17.5, duration: 500 });
    } else {
      const zoom = Math.max(map.getZoom(), aim.zoom ?? 15.5);
      const offset: [number, number] = [-covered / 2, 0];
      map.easeTo({ center: [aim.at.lon, aim.at.lat], zoom, offset, duration: 500 });
    }
  }, [map, ready, aim, wish, covered]);
}

function useSelection(map: MapRef | null, ready: boolean, known: Known): void {
  const { layers, document, unit } = known;
  useEffect(() => {
    if (!map || !ready || !unit) return;
    const targets = unitSources([...layers.values()]).map(({ source, sourceLayer }) => ({
      source,
      sourceLayer,
      id: unit,
    }));
    const present = targets.filter(({ source }) => map.getSource(source));
    present.forEach((target) => map.setFeatureState(target, { selected: true }));
    return () =>
      present
        .filter(({ source }) => map.getSource(source))
        .forEach((target) => map.setFeatureState(target, { selected: false }));
  }, [map, ready, unit, layers, document.sources]);
}

function useThemes(map: MapRef | null, ready: boolean, known: Known): void {
  const { themes } = known.feeds;
  const { document } = known;
  useEffect(() => {
    if (!map || !ready) return;
    for (const { kind, source, sourceLayer, classes } of themes) {
      if (!map.getSource(source)) continue;
      for (const [id, number] of classes) {
        map.setFeatureState({ source, sourceLayer, id }, { [kind]: number });
      }
    }
  }, [map, ready, themes, document.sources]);
}

/** Fetches the tiles of live layers again after a burst; the rest of the map stays as it is. */
function useLiveTiles(map: MapRef | null, ready: boolean, known: Known): void {
  const { layers, bursts } = known;
  useEffect(() => {
    if (!map || !ready || bursts === 0) return;
    const live = new Set([...layers.values()].filter(({ meta }) => meta.live).map((l) => l.source));
    const inner = map.getMap();
    for (const source of live) if (inner.getSource(source)) inner.refreshTiles(source);
  }, [map, ready, layers, bursts]);
}

export function useMapState(map: MapRef | null, known: Known) {
  const ready = useReady(map, known.exposed);
  useCameraWishes(map, ready, known);
  useSelection(map, ready, known);
  useThemes(map, ready, known);
  useLiveTiles(map, ready, known);

  const last = useRef<{ source: string; sourceLayer: string; id: string | number } | null>(null);
  const hover = useCallback(
    (hit: MapGeoJSONFeature | null) => {
      if (!map) return;
      const next =
        hit?.id !== undefined && hit.sourceLayer
          ? { source: hit.source, sourceLayer: hit.sourceLayer, id: hit.id }
          : null;
      if (next?.id === last.current?.id && next?.source === last.current?.source) return;
      if (last.current && map.getSource(last.current.source)) {
        map.setFeatureState(last.current, { hover: false });
      }
      if (next) map.setFeatureState(next, { hover: true });
      last.current = next;
    },
    [map],
  );
  return useMemo(() => ({ hover }), [hover]);
}
