/** MapLibre with its worker beside it in the build, so that nothing is fetched from elsewhere. */
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(workerUrl);

export * as library from "maplibre-gl";

/** A worker knows no page, so what it fetches has a whole address. */
export const absolute = (url: string) => ({ url: new URL(url, document.baseURI).href });
