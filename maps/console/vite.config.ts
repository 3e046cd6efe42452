/** Builds the console to dist/, with the API's documentation page beside it in dist/docs/. */
import { copyFileSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";

import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = process.env.GRIDSVC_API ?? "http://127.0.0.1:8000";

function swaggerUi(): Plugin {
  return {
    name: "swagger-ui",
    apply: "build",
    closeBundle() {
      const from = resolve(import.meta.dirname, "node_modules/swagger-ui-dist");
      const to = resolve(import.meta.dirname, "dist/docs");
      mkdirSync(to, { recursive: true });
      for (const file of ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE"]) {
        copyFileSync(resolve(from, file), resolve(to, file));
      }
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [react(), swaggerUi()],
  build: { target: "es2022", chunkSizeWarningLimit: 1600 },
  server: { proxy: { "/api": SERVER, "/tiles": SERVER } },
  preview: { proxy: { "/api": SERVER, "/tiles": SERVER } },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
