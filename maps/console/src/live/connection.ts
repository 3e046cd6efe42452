import { create } from "zustand";

import { now } from "../clock/useNow";

/**
 * `live`: changes arrive as they happen.
 * `polled`: the account may not read the stream, and asks every half minute instead.
 * `stale`: the server answers but the stream does not.
 * `offline`: nothing answers, so nothing can be saved either.
 */
export type Connection = "connecting" | "live" | "polled" | "stale" | "offline";

interface State {
  connection: Connection;
  /** When the data on the screen was last known to be current, in ms. */
  currentAt: number;
  /** Grows with each merged burst of changes to cases. */
  bursts: number;
  tell: (connection: Connection) => void;
  burst: () => void;
}

export const useConnection = create<State>((set, get) => ({
  connection: "connecting",
  currentAt: now(),
  bursts: 0,
  tell: (connection) => {
    const wasCurrent = get().connection === "live" || connection === "live";
    set({ connection, ...(wasCurrent ? { currentAt: now() } : {}) });
  },
  burst: () => set((state) => ({ bursts: state.bursts + 1, currentAt: now() })),
}));

export function useCanWrite(): boolean {
  return useConnection((state) => state.connection !== "offline");
}
