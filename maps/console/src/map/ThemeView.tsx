import { Map as MapLibre, Marker } from "@vis.gl/react-maplibre";
import type { MapRef } from "@vis.gl/react-maplibre";
import type { MapMouseEvent } from "maplibre-gl";
import { useCallback, useEffect, useMemo, useState } from "react";

import type { LonLat, Theme, ThemeShade } from "../api/types";
import { FONT } from "../theme/tokens";
import type { Bounds } from "./camera";
import { absolute, library } from "./library";
import type { Link } from "./linked";
import { ofEdition } from "./marked";
import { addNamedImage } from "./marks";
import type { StyleDocument } from "./registry";
import { classed, PICKED, withTheme } from "./themed";

/** A pin that can be dragged. */
export interface Handle extends LonLat {
  id: string;
  label: string;
}

export interface ThemeViewProps {
  /** Tells this map from another one on the same page. */
  name: string;
  theme: Theme;
  shade: ThemeShade;
  chosen: number | null;
  link?: Link;
  /** Corners of what is being drawn. */
  corners?: readonly GeoJSON.Position[];
  handles?: readonly Handle[];
  /** A click means "here" instead of "this one". */
  onPlace?: (at: LonLat) => void;
  onPick: (no: number | null) => void;
  onHover: (no: number | null) => void;
  onDrag?: (id: string, to: LonLat) => void;
}

interface Props extends ThemeViewProps {
  style: StyleDocument;
  edition: number;
  bounds: Bounds;
  exposed: boolean;
}

/** Pixels, more where the legend stands. */
const AROUND = { top: 24, bottom: 24, left: 24, right: 250 };
const NOWHERE: readonly GeoJSON.Position[] = [];

/** The grid below one theme. */
export default function ThemeView(props: Props) {
  const { name, style, edition, theme, shade, chosen, corners = NOWHERE, bounds, link } = props;
  const { exposed, handles = [], onPlace, onPick, onHover, onDrag } = props;
  const [map, setMap] = useState<MapRef | null>(null);
  const plain = useMemo(() => ofEdition(style, edition), [style, edition]);
  const data = useMemo(() => classed(theme, shade), [theme, shade]);
  const document_ = useMemo(
    () => withTheme(plain, data, shade, chosen, corners),
    [plain, data, shade, chosen, corners],
  );

  useEffect(() => {
    if (!map) return;
    const inner = map.getMap();
    inner.setMissingStyleImageResolver((image) => addNamedImage(inner, image));
    const scale = new library.ScaleControl({ maxWidth: 96 });
    inner.addControl(scale, "bottom-right");
    if (exposed) Object.assign(window, { [`__map_${name}`]: inner });
    const leave = link?.join(inner);
    return () => {
      leave?.();
      inner.removeControl(scale);
    };
  }, [map, link, exposed, name]);

  const hitAt = useCallback((event: MapMouseEvent): number | null => {
    const layers = PICKED.filter((id) => event.target.getLayer(id));
    const [first] = event.target.queryRenderedFeatures(event.point, { layers });
    return first ? Number(first.properties.no) : null;
  }, []);

  return (
    <MapLibre
      ref={setMap}
      mapLib={library}
      mapStyle={document_}
      initialViewState={{ bounds, fitBoundsOptions: { padding: AROUND } }}
      minZoom={7}
      maxZoom={20}
      dragRotate={false}
      touchPitch={false}
      pitchWithRotate={false}
      keyboard={false}
      attributionControl={false}
      localIdeographFontFamily={FONT}
      transformRequest={absolute}
      cursor={onPlace ? "crosshair" : ""}
      style={{ position: "absolute", inset: 0 }}
      onMouseMove={(event) => onHover(hitAt(event))}
      onMouseOut={() => onHover(null)}
      onClick={(event) => {
        if (onPlace) onPlace({ lon: event.lngLat.lng, lat: event.lngLat.lat });
        else onPick(hitAt(event));
      }}
    >
      {handles.map(({ id, label, lon, lat }) => (
        <Marker
          key={id}
          longitude={lon}
          latitude={lat}
          draggable={Boolean(onDrag)}
          onDragEnd={({ lngLat }) => onDrag?.(id, { lon: lngLat.lng, lat: lngLat.lat })}
        >
          <span className="map-handle" title={label} data-testid={`handle-${id}`} />
        </Marker>
      ))}
    </MapLibre>
  );
}
