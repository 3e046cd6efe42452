import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { newQueryClient } from "../../api/queries";
import type { Photo } from "../../api/types";
import { Photos } from "../../parts/photo/Photos";
import { startWords } from "../../words/i18n";
import { EMPTY_DRAFT, reportOf, useDesk } from "./deskStore";
import { DraftPhotos } from "./DraftPhotos";

const PHOTO: Photo = {
  id: "4e3f0a52-0000-4000-8000-000000000001",
  format: "JPEG",
  width: 640,
  height: 480,
  bytes: 1000,
  sha256: "ab",
  taken_at: "2026-11-24T01:00:00Z",
  location: null,
  datum: "wgs84",
  accuracy_m: null,
  heading: null,
  reason: { code: "no_gps", text: { zh: "照片里没有位置信息", en: "no position" } },
  chain: [],
  border_m: null,
  manual: null,
};

const server = setupServer();
beforeAll(() => {
  startWords();
  server.listen({ onUnhandledFrame: "error" });
});
beforeEach(() => useDesk.setState({ draft: EMPTY_DRAFT }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());

function choose(...names: string[]) {
  render(
    <QueryClientProvider client={newQueryClient(() => undefined)}>
      <DraftPhotos />
    </QueryClientProvider>,
  );
  const files = names.map((name) => new File(["x"], name, { type: "image/jpeg" }));
  fireEvent.change(screen.getByTestId("report-photos"), { target: { files } });
}

describe("photos beside a report", () => {
  it("are sent when chosen, said what they lack, and named by the report", async () => {
    server.use(http.post("*/api/photos", () => HttpResponse.json(PHOTO, { status: 201 })));
    choose("a.jpg", "the same again.jpg");
    await screen.findByText("照片里没有位置信息");
    expect(reportOf(useDesk.getState().draft, null).photos).toEqual([PHOTO.id]);
    fireEvent.click(screen.getByText("移除这张照片"));
    await waitFor(() => expect(reportOf(useDesk.getState().draft, null).photos).toEqual([]));
  });

  it("that are refused hold back no other, and say why", async () => {
    let asked = 0;
    const refusal = { type: "/problems/photo-unreadable", status: 422, detail: "照片已损坏或不完整" };
    server.use(
      http.post("*/api/photos", () => {
        asked += 1;
        return asked === 1
          ? HttpResponse.json(refusal, { status: 422 })
          : HttpResponse.json(PHOTO, { status: 201 });
      }),
    );
    choose("bad.jpg", "good.jpg");
    await screen.findByText("照片bad.jpg没有保存");
    await screen.findByText(/照片已损坏或不完整/);
    expect(useDesk.getState().draft.photos.map((photo) => photo.id)).toEqual([PHOTO.id]);
  });

  it("that contradict the place say so in words, with the distance", () => {
    const text = { zh: "照片拍摄地点与上报位置相距20.0公里。", en: "20.0 km" };
    render(<Photos photos={[{ id: "a", distance_m: 20_000, contradicts: true, text }]} />);
    expect(screen.getByTestId("contradiction").textContent).toContain("20.0公里");
    expect(screen.getByAltText("照片").getAttribute("src")).toBe("/api/photos/a/thumbnail");
  });
});
