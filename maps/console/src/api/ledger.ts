/** The ledger: pages of it, and the whole as a workbook. */
import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, taken } from "./client";
import { save } from "./saved";
import type { LedgerQuestion } from "./types";

export const LEDGER_PAGE = 50;

export const ledgerQuery = (question: LedgerQuestion) =>
  infiniteQueryOptions({
    queryKey: ["ledger", question],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      taken(
        api.GET("/api/ledger", {
          params: { query: { ...question, limit: LEDGER_PAGE, cursor } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });

/** Everything that the question lists, saved by the browser. */
export async function ledgerFile(question: LedgerQuestion): Promise<void> {
  const asked = api.GET("/api/ledger/file", { params: { query: question }, parseAs: "blob" });
  save({ name: "gridsvc-ledger.xlsx", blob: await taken(asked) });
}
