/** What lies under the pointer: the chain of units, and the one thing a click would open. */
import { create } from "zustand";

import type { Chain } from "../api/types";
import type { DrawnLayer } from "./registry";

export interface Hit {
  layer: { id: string };
  properties: Record<string, unknown>;
}
export interface Opened {
  opens: "unit" | "case" | "facility";
  properties: Record<string, unknown>;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The units under the pointer from district down, each level once. */
export function chainOf(hits: readonly Hit[], layers: ReadonlyMap<string, DrawnLayer>): Chain[] {
  const byLevel = new Map<number, Chain>();
  for (const { layer, properties } of hits) {
    const meta = layers.get(layer.id)?.meta;
    if (meta?.opens !== "unit" || !meta.level || meta.feed || byLevel.has(meta.level)) continue;
    const name = text(properties.name) || text(properties.code);
    byLevel.set(meta.level, { level: meta.level, code: text(properties.code), name });
  }
  return [...byLevel.values()].sort((a, b) => a.level - b.level);
}

/** What a click opens: a mark before a unit, and of several units the one drawn on top. */
export function openedBy(
  hits: readonly Hit[],
  layers: ReadonlyMap<string, DrawnLayer>,
): Opened | null {
  const found = hits.flatMap(({ layer, properties }) => {
    const opens = layers.get(layer.id)?.meta.opens;
    return opens ? [{ opens, properties }] : [];
  });
  return found.find(({ opens }) => opens !== "unit") ?? found[0] ?? null;
}

interface Pointing {
  chain: Chain[];
  point: (chain: Chain[]) => void;
}

export const usePointing = create<Pointing>((set, get) => ({
  chain: [],
  point: (chain) => {
    const same = chain.map((unit) => unit.code).join() === get().chain.map((u) => u.code).join();
    if (!same) set({ chain });
  },
}));
