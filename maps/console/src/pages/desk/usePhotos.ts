import { useMutation } from "@tanstack/react-query";

import { MOST_PHOTOS, sendPhoto } from "../../api/photos";
import type { Photo } from "../../api/types";
import { useDesk } from "./deskStore";

export interface Unsent {
  name: string;
  error: Error;
}

interface Sent {
  photos: Photo[];
  unsent: Unsent[];
}

/** Sends files one after the other; one that is refused does not hold back the others. */
async function sendAll(files: readonly File[]): Promise<Sent> {
  const sent: Sent = { photos: [], unsent: [] };
  for (const file of files) {
    try {
      sent.photos.push(await sendPhoto(file));
    } catch (error) {
      sent.unsent.push({ name: file.name, error: error as Error });
    }
  }
  return sent;
}

/** The photos of the draft: sent as soon as they are chosen, named when the report is. */
export function usePhotos() {
  const { draft } = useDesk();
  const put = (photos: Photo[]) => {
    const { draft: now, set } = useDesk.getState();
    set({ draft: { ...now, photos } });
  };
  const sending = useMutation({
    mutationFn: sendAll,
    onSuccess: ({ photos }) => {
      // The same photo chosen twice has one id.
      const all = [...useDesk.getState().draft.photos, ...photos];
      put([...new Map(all.map((one) => [one.id, one])).values()].slice(0, MOST_PHOTOS));
    },
  });
  return {
    photos: draft.photos,
    sending: sending.isPending ? sending.variables.length : 0,
    unsent: sending.data?.unsent ?? [],
    room: MOST_PHOTOS - draft.photos.length,
    add: (files: readonly File[]) => sending.mutate(files),
    remove: (id: string) => put(useDesk.getState().draft.photos.filter((one) => one.id !== id)),
  };
}
