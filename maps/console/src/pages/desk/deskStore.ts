/** What is private to this tab: the row under the keyboard, the open panel, drafts. */
import { create } from "zustand";

import type { Photo, ReportIn, Suggestions } from "../../api/types";

export interface Draft {
  text: string;
  category: string | undefined;
  channel: string | undefined;
  address: string;
  name: string;
  phone: string;
  /** Sent already; named by the report. */
  photos: Photo[];
}

export const EMPTY_DRAFT: Draft = {
  text: "",
  category: undefined,
  channel: undefined,
  address: "",
  name: "",
  phone: "",
  photos: [],
};

interface Desk {
  cursor: string | null;
  reporting: boolean;
  draft: Draft;
  layersShown: boolean;
  helpShown: boolean;
  filtersShown: boolean;
  set: (change: Partial<Omit<Desk, "set">>) => void;
}

export const useDesk = create<Desk>((set) => ({
  cursor: null,
  reporting: false,
  draft: EMPTY_DRAFT,
  layersShown: false,
  helpShown: false,
  filtersShown: false,
  set: (change) => set(change),
}));

/** The request that a draft stands for, with the position picked on the map if there is one, and
 * the categories that were suggested where a person chose one. */
export function reportOf(
  draft: Draft,
  at: { lon: number; lat: number } | null,
  suggested?: Suggestions,
): ReportIn {
  const address = draft.address.trim() || null;
  const reporter = { name: draft.name.trim() || null, phone: draft.phone.trim() || null };
  return {
    location: at || address ? { ...at, datum: "wgs84", address } : null,
    category: draft.category ?? null,
    text: draft.text.trim(),
    channel: draft.channel ?? "",
    reporter: reporter.name || reporter.phone ? reporter : null,
    photos: draft.photos.map((photo) => photo.id),
    ...(draft.category && suggested?.model && suggested.items.length > 0
      ? { suggested: { model: suggested.model, offered: suggested.items.map(offered) } }
      : {}),
  };
}

const offered = ({ category, confidence }: Suggestions["items"][number]) => ({
  category: category.code,
  confidence,
});
