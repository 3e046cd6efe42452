/** Photos: sent one at a time as a form, fetched by the browser from their own addresses. */
import { api, taken } from "./client";
import type { Photo } from "./types";

/** What the server takes; a browser that knows nothing of HEIC sends it all the same. */
export const PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";
export const MOST_PHOTOS = 9;

export const photoAddress = (id: string, small: boolean): string =>
  `/api/photos/${encodeURIComponent(id)}${small ? "/thumbnail" : ""}`;

/** The same file sent again is the same photo, so a retry needs no key. */
export function sendPhoto(file: File): Promise<Photo> {
  const form = new FormData();
  form.set("photo", file);
  return taken(
    api.POST("/api/photos", { body: { photo: "" }, bodySerializer: () => form }),
  );
}
