import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { ReactElement } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { caseQuery, newQueryClient } from "../../api/queries";
import type { CaseOut, Catalogue, Move } from "../../api/types";
import { startWords } from "../../words/i18n";
import { EMPTY_DRAFT, useDesk } from "./deskStore";
import { MoveForm } from "./MoveForm";
import { ReportPanel } from "./ReportPanel";

const words = (zh: string) => ({ zh, en: zh });
const NOTE: Move = {
  code: "note",
  name: words("备注"),
  from: ["collect"],
  to: null,
  fields: [{ name: "note", type: "text", required: true, label: words("备注内容") }],
  tells: words("街道将看到备注。"),
};
const CATALOGUE: Catalogue = {
  levels: [],
  stages: [{ code: "collect", order: 1, name: words("问题收集") }],
  kinds: [],
  channels: [{ code: "hotline", name: words("热线") }],
  modes: [],
  moves: [NOTE],
  categories: [],
  departments: [],
  manual_reasons: [],
  posts: [],
  community_kinds: [],
  lists: {},
};
const CASE: CaseOut = {
  case_no: "7",
  stage: "collect",
  kind: null,
  category: null,
  text: "井盖破损",
  opened_at: "2026-11-24T01:00:00Z",
  due_at: null,
  closed_at: null,
  overdue: false,
  location: null,
  chain: [],
  departments: [],
  manual: null,
  version: 3,
  generated: true,
  mode: null,
  outcome: null,
  score: null,
  leader: null,
  leaders: [],
  section: null,
  hung_up_at: null,
  supervision: null,
  fault: null,
  merged_into: null,
  clocks: [],
  asks: [],
  territorial_owner: null,
  why: [],
  edition: 1,
  reports: [],
  photos: [],
  timeline: [],
  moves: ["note"],
};
const RECEIPT = {
  ...CASE,
  report_no: "R7",
  category: null,
  location: { lon: null, lat: null, method: null, border_m: null },
  manual: { code: "no_position", text: words("没有位置，需人工定位。") },
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

function show(view: ReactElement) {
  const client = newQueryClient(() => undefined);
  client.setQueryData(caseQuery(CASE.case_no).queryKey, CASE);
  render(<QueryClientProvider client={client}>{view}</QueryClientProvider>);
}

describe("a report whose answer got lost", () => {
  it("is sent again with the same key, and says why its case waits", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post("*/api/reports", ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1 ? HttpResponse.error() : HttpResponse.json(RECEIPT, { status: 201 });
      }),
    );
    useDesk.setState({ draft: { ...EMPTY_DRAFT, text: "井盖破损", channel: "hotline" } });
    show(<ReportPanel catalogue={CATALOGUE} onClose={() => undefined} onOpen={() => undefined} />);
    fireEvent.click(screen.getByTestId("report-submit"));
    await screen.findByText(/不能确定是否已保存/);
    expect(screen.getByTestId<HTMLTextAreaElement>("report-text").value).toBe("井盖破损");
    fireEvent.click(screen.getByTestId("report-submit"));
    expect((await screen.findByTestId("answer-case-no")).textContent).toBe("7");
    expect(screen.getByTestId("answer-manual").textContent).toContain("需人工定位");
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("is not sent without its text", () => {
    show(<ReportPanel catalogue={CATALOGUE} onClose={() => undefined} onOpen={() => undefined} />);
    fireEvent.click(screen.getByTestId("report-submit"));
    expect(screen.getAllByRole("alert").map((one) => one.textContent)).toEqual([
      "请填写情况描述",
      "请填写上报渠道",
    ]);
  });
});

describe("a move on a case that somebody else has changed", () => {
  const conflict = { type: "/problems/case-moved-on", status: 409, detail: "已被他人更新", version: 4 };

  it("keeps the words, shows both, and sends them again by the newer version", async () => {
    const bodies: unknown[] = [];
    let done = false;
    server.use(
      http.post("*/api/cases/7/note", async ({ request }) => {
        bodies.push(await request.json());
        return bodies.length === 1
          ? HttpResponse.json(conflict, { status: 409 })
          : HttpResponse.json({ ...CASE, version: 5 });
      }),
      http.get("*/api/cases/7", () => HttpResponse.json({ ...CASE, version: 4 })),
    );
    show(
      <MoveForm
        move={NOTE}
        found={CASE}
        catalogue={CATALOGUE}
        onDone={() => (done = true)}
        onCancel={() => undefined}
      />,
    );
    expect(screen.getByText("街道将看到备注。")).toBeTruthy();
    const box = document.getElementById("field-note") as HTMLTextAreaElement;
    fireEvent.change(box, { target: { value: "请速办" } });
    fireEvent.click(screen.getByTestId("move-submit"));
    const shown = await screen.findByTestId("conflict");
    expect(shown.textContent).toContain("请速办");
    expect(shown.textContent).toContain("现在的案件");
    expect(box.value).toBe("请速办");
    fireEvent.click(screen.getByText("仍然提交"));
    await waitFor(() => expect(done).toBe(true));
    expect(bodies).toEqual([
      { version: 3, note: "请速办" },
      { version: 4, note: "请速办" },
    ]);
  });

  it("asks for what is required before anything is sent", () => {
    show(
      <MoveForm
        move={NOTE}
        found={CASE}
        catalogue={CATALOGUE}
        onDone={() => undefined}
        onCancel={() => undefined}
      />,
    );
    fireEvent.click(screen.getByTestId("move-submit"));
    expect(screen.getByText("请填写备注内容")).toBeTruthy();
  });
});
