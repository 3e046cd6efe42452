/** What the desk asks of the map, and what the map tells the desk: one small store each. */
import { create } from "zustand";

import type { LonLat } from "../api/types";

export type Bounds = [number, number, number, number];

/** The whole of China, for a district whose bounds nobody has published yet. */
export const ANYWHERE: Bounds = [73, 18, 135, 54];

/** A box of four numbers, west south east north, or null for anything else. */
export function boundsOf(box: readonly number[] | null | undefined): Bounds | null {
  const [west, south, east, north] = box ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined) {
    return null;
  }
  return [west, south, east, north];
}

export type Aim = { bounds: Bounds } | { at: LonLat; zoom?: number };

interface Camera {
  aim: Aim | null;
  /** Counts the wishes, so that the same place can be asked for twice. */
  wish: number;
  lookAt: (aim: Aim) => void;
}

export const useCamera = create<Camera>((set) => ({
  aim: null,
  wish: 0,
  lookAt: (aim) => set((state) => ({ aim, wish: state.wish + 1 })),
}));

interface Picking {
  active: boolean;
  /** The position picked so far, drawn as a cross-hair. */
  picked: LonLat | null;
  start: () => void;
  stop: () => void;
  pick: (at: LonLat) => void;
  clear: () => void;
}

/** Taking a position from the map: a mode in which a click means "here". */
export const usePicking = create<Picking>((set) => ({
  active: false,
  picked: null,
  start: () => set({ active: true }),
  stop: () => set({ active: false }),
  pick: (picked) => set({ picked, active: false }),
  clear: () => set({ active: false, picked: null }),
}));
