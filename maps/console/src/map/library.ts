/** MapLibre with its worker beside it in the build, so that nothing is fetched from elsewhere. */
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";

setWorkerUrl(workerUrl);

export * as library from "maplibre-gl";
