/** Maps that always look at the same place. */
interface Place {
  center: unknown;
  zoom: number;
}

/** What a map must be able to do to be linked; MapLibre's map is one. */
export interface Linkable {
  getCenter: () => unknown;
  getZoom: () => number;
  jumpTo: (place: never) => unknown;
  on: (event: "move", told: () => void) => unknown;
  off: (event: "move", told: () => void) => unknown;
}

export interface Link {
  /** Adds a map, which looks where the others look; call the answer to let it go. */
  join: (map: Linkable) => () => void;
}

export function makeLink(): Link {
  const maps = new Set<Linkable>();
  let following = false;
  const placeOf = (map: Linkable): Place => ({ center: map.getCenter(), zoom: map.getZoom() });
  const send = (map: Linkable, place: Place) => map.jumpTo(place as never);
  return {
    join: (map) => {
      const follow = () => {
        // A map that follows moves too, and must not send the others back.
        if (following) return;
        following = true;
        for (const other of maps) if (other !== map) send(other, placeOf(map));
        following = false;
      };
      const [first] = maps;
      if (first) send(map, placeOf(first));
      maps.add(map);
      map.on("move", follow);
      return () => {
        maps.delete(map);
        map.off("move", follow);
      };
    },
  };
}
