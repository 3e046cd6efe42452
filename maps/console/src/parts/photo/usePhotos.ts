import { useMutation } from "@tanstack/react-query";

import { MOST_PHOTOS, sendPhoto } from "../../api/photos";
import type { Photo } from "../../api/types";

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

/** Photos that are sent as soon as they are chosen, and named when what they go with is. */
export function usePhotos(photos: readonly Photo[], put: (photos: Photo[]) => void) {
  const sending = useMutation({
    mutationFn: sendAll,
    onSuccess: (sent) => {
      // The same photo chosen twice has one id.
      const all = [...photos, ...sent.photos];
      put([...new Map(all.map((one) => [one.id, one])).values()].slice(0, MOST_PHOTOS));
    },
  });
  return {
    sending: sending.isPending ? sending.variables.length : 0,
    unsent: sending.data?.unsent ?? [],
    room: MOST_PHOTOS - photos.length,
    add: (files: readonly File[]) => sending.mutate(files),
    remove: (id: string) => put(photos.filter((one) => one.id !== id)),
  };
}
