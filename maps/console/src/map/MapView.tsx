import { Map as MapLibre } from "@vis.gl/react-maplibre";
import type { MapRef, ViewStateChangeEvent } from "@vis.gl/react-maplibre";
import type { MapMouseEvent } from "maplibre-gl";
import { useCallback, useMemo, useRef, useState } from "react";

import { FONT } from "../theme/tokens";
import type { Aim, Bounds } from "./camera";
import { usePicking } from "./camera";
import { absolute, library } from "./library";
import type { Opened } from "./pointing";
import { chainOf, openedBy, usePointing } from "./pointing";
import type { StyleDocument } from "./registry";
import { drawn, layersOf } from "./registry";
import type { FeedData } from "./useFeeds";
import { useMapState } from "./useMapState";

export interface View {
  lon: number;
  lat: number;
  zoom: number;
}

interface Props {
  style: StyleDocument;
  on: ReadonlySet<string>;
  feeds: FeedData;
  bounds: Bounds;
  view: View | null;
  /** Where to look first when the address names no view; may become known later. */
  start: Aim | null;
  /** Pixels covered at the right edge by a panel. */
  covered: number;
  unit: string | null;
  /** Grows with each burst of live changes. */
  bursts: number;
  exposed: boolean;
  onOpen: (opened: Opened) => void;
  onView: (view: View) => void;
}

export default function MapView(props: Props) {
  const { style, on, feeds, bounds, view, onOpen, onView } = props;
  const [map, setMap] = useState<MapRef | null>(null);
  const frame = useRef(0);
  const picking = usePicking((state) => state.active);
  const document_ = useMemo(() => drawn(style, on, feeds.points), [style, on, feeds.points]);
  const layers = useMemo(() => new Map(layersOf(style).map((one) => [one.id, one])), [style]);
  const clickable = useMemo(
    () => [...layers.values()].filter(({ meta }) => meta.clickable).map(({ id }) => id),
    [layers],
  );
  const { hover } = useMapState(map, { ...props, layers, document: document_ });

  const hitsAt = useCallback(
    (event: MapMouseEvent) => {
      const present = clickable.filter((id) => event.target.getLayer(id));
      return event.target.queryRenderedFeatures(event.point, { layers: present });
    },
    [clickable],
  );

  const onMouseMove = useCallback(
    (event: MapMouseEvent) => {
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        const hits = hitsAt(event);
        usePointing.getState().point(chainOf(hits, layers));
        hover(hits[0] ?? null);
        if (!usePicking.getState().active) {
          event.target.getCanvas().style.cursor = openedBy(hits, layers) ? "pointer" : "";
        }
      });
    },
    [hitsAt, hover, layers],
  );
  const onMouseOut = useCallback(() => {
    cancelAnimationFrame(frame.current);
    usePointing.getState().point([]);
    hover(null);
  }, [hover]);
  const onClick = useCallback(
    (event: MapMouseEvent) => {
      const { active, pick } = usePicking.getState();
      if (active) return pick({ lon: event.lngLat.lng, lat: event.lngLat.lat });
      const opened = openedBy(hitsAt(event), layers);
      if (opened) onOpen(opened);
    },
    [hitsAt, layers, onOpen],
  );
  const onMoveEnd = useCallback(
    ({ viewState }: ViewStateChangeEvent) =>
      onView({ lon: viewState.longitude, lat: viewState.latitude, zoom: viewState.zoom }),
    [onView],
  );

  return (
    <MapLibre
      ref={setMap}
      mapLib={library}
      mapStyle={document_}
      initialViewState={
        view
          ? { longitude: view.lon, latitude: view.lat, zoom: view.zoom }
          : { bounds, fitBoundsOptions: { padding: 24 } }
      }
      minZoom={7}
      maxZoom={20}
      dragRotate={false}
      touchPitch={false}
      pitchWithRotate={false}
      keyboard={false}
      attributionControl={false}
      localIdeographFontFamily={FONT}
      transformRequest={absolute}
      cursor={picking ? "crosshair" : ""}
      style={{ position: "absolute", inset: 0 }}
      onMouseMove={onMouseMove}
      onMouseOut={onMouseOut}
      onClick={onClick}
      onMoveEnd={onMoveEnd}
    />
  );
}
