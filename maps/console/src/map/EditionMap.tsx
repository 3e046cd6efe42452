import { Map as MapLibre } from "@vis.gl/react-maplibre";
import type { MapRef } from "@vis.gl/react-maplibre";
import type { MapMouseEvent } from "maplibre-gl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { FONT } from "../theme/tokens";
import type { Bounds } from "./camera";
import { absolute, library } from "./library";
import type { Link } from "./linked";
import type { Marked } from "./marked";
import { CLICKED, features, ofEdition, withMarks } from "./marked";
import type { StyleDocument } from "./registry";

/** Where to look; `wish` grows, so that the same place can be asked for twice. */
export interface Look {
  bounds: Bounds;
  wish: number;
}

interface Props {
  /** Tells this map from another one on the same page. */
  name: string;
  style: StyleDocument;
  edition: number;
  marked: readonly Marked[];
  chosen: number | null;
  bounds: Bounds;
  look: Look | null;
  link?: Link;
  exposed: boolean;
  onPick: (no: number) => void;
}

/** One edition of the grid with ground that somebody should look at. */
export default function EditionMap(props: Props) {
  const { name, style, edition, marked, chosen, bounds, look, link, exposed, onPick } = props;
  const [map, setMap] = useState<MapRef | null>(null);
  const done = useRef(0);
  const plain = useMemo(() => ofEdition(style, edition), [style, edition]);
  const data = useMemo(() => features(marked), [marked]);
  const document_ = useMemo(() => withMarks(plain, data, chosen), [plain, data, chosen]);

  useEffect(() => {
    if (!map) return;
    const inner = map.getMap();
    const scale = new library.ScaleControl({ maxWidth: 96 });
    inner.addControl(scale, "bottom-right");
    if (exposed) Object.assign(window, { [`__map_${name}`]: inner });
    const leave = link?.join(inner);
    return () => {
      leave?.();
      inner.removeControl(scale);
    };
  }, [map, link, exposed, name]);

  useEffect(() => {
    if (!map || !look || look.wish === done.current) return;
    done.current = look.wish;
    const [west, south, east, north] = look.bounds;
    map.fitBounds([west, south, east, north], { padding: 48, maxZoom: 17.5, duration: 500 });
  }, [map, look]);

  const hitAt = useCallback((event: MapMouseEvent): number | null => {
    const layers = CLICKED.filter((id) => event.target.getLayer(id));
    const { x, y } = event.point;
    const [first] = event.target.queryRenderedFeatures([[x - 3, y - 3], [x + 3, y + 3]], { layers });
    return first ? Number(first.properties.no) : null;
  }, []);

  return (
    <MapLibre
      ref={setMap}
      mapLib={library}
      mapStyle={document_}
      initialViewState={{ bounds, fitBoundsOptions: { padding: 24 } }}
      minZoom={7}
      maxZoom={20}
      dragRotate={false}
      touchPitch={false}
      pitchWithRotate={false}
      keyboard={false}
      attributionControl={false}
      localIdeographFontFamily={FONT}
      transformRequest={absolute}
      style={{ position: "absolute", inset: 0 }}
      onMouseMove={(event) => {
        event.target.getCanvas().style.cursor = hitAt(event) === null ? "" : "pointer";
      }}
      onClick={(event) => {
        const hit = hitAt(event);
        if (hit !== null) onPick(hit);
      }}
    />
  );
}
