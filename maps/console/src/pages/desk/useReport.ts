import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { sendReport } from "../../api/commands";
import type { Keyed } from "../../api/idempotency";
import { keyFor, uuid } from "../../api/idempotency";
import { suggestQuery } from "../../api/suggestions";
import type { Receipt, ReportIn } from "../../api/types";
import { usePicking } from "../../map/camera";
import { EMPTY_DRAFT, reportOf, useDesk } from "./deskStore";

/** Sends the draft. The key stays with its content, so that a second try makes no second case. */
export function useReport() {
  const client = useQueryClient();
  const { draft, set } = useDesk();
  const { picked, clear } = usePicking();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const keyed = useRef<Keyed | null>(null);
  const sending = useMutation({
    mutationFn: ({ report, key }: { report: ReportIn; key: string }) => sendReport(report, key),
    onSuccess: (answer) => {
      setReceipt(answer);
      set({ draft: { ...EMPTY_DRAFT, channel: draft.channel } });
      keyed.current = null;
      void client.invalidateQueries({ queryKey: ["cases", "head"] });
      void client.invalidateQueries({ queryKey: ["counts"] });
    },
  });
  return {
    draft,
    picked,
    receipt,
    error: sending.error,
    sending: sending.isPending,
    change: (change: Partial<typeof draft>) => set({ draft: { ...draft, ...change } }),
    send: () => {
      const suggested = client.getQueryData(suggestQuery(draft.text).queryKey);
      const report = reportOf(draft, picked, suggested);
      keyed.current = keyFor(report, keyed.current, uuid);
      sending.mutate({ report, key: keyed.current.key });
    },
    again: () => {
      clear();
      setReceipt(null);
    },
  };
}
