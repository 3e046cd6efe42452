import { useCallback } from "react";

import type { CaseRow } from "../../api/types";
import type { Bounds } from "../../map/camera";
import { useCamera, usePicking } from "../../map/camera";
import type { KeyAct } from "../../parts/keys/keys";
import { useKeys } from "../../parts/keys/useKeys";
import { useDesk } from "./deskStore";
import { neighbour } from "./rows";

interface Known {
  rows: readonly CaseRow[];
  caseNo: string | null;
  bounds: Bounds | null;
  onOpen: (caseNo: string | null) => void;
}

/** Closes the topmost of what is open: help, picking, the report, the case. */
function closeTopmost(caseNo: string | null, onOpen: Known["onOpen"]): void {
  const { helpShown, reporting, set } = useDesk.getState();
  const picking = usePicking.getState();
  // An enlarged photo lies over everything and closes itself.
  if (document.querySelector(".ant-image-preview")) return;
  if (helpShown) set({ helpShown: false });
  else if (picking.active) picking.stop();
  else if (reporting) set({ reporting: false });
  else if (caseNo) onOpen(null);
}

/** Brings a row into sight; with the focus on it, Enter opens it as a click would. */
function reveal(caseNo: string, focus: boolean): void {
  const row = document.getElementById(`row-${caseNo}`);
  row?.scrollIntoView({ block: "nearest" });
  if (focus) row?.querySelector("button")?.focus({ preventScroll: true });
}

export function useDeskKeys({ rows, caseNo, bounds, onOpen }: Known) {
  const act = useCallback(
    (act: KeyAct) => {
      const { cursor, layersShown, set } = useDesk.getState();
      const move = (step: 1 | -1) => {
        const row = neighbour(rows, cursor ?? caseNo, step);
        if (!row) return;
        set({ cursor: row.case_no });
        reveal(row.case_no, true);
      };
      const step = (by: 1 | -1) => {
        const row = neighbour(rows, caseNo, by);
        if (!row) return;
        onOpen(row.case_no);
        reveal(row.case_no, false);
      };
      const acts: Record<KeyAct, () => void> = {
        next: () => move(1),
        previous: () => move(-1),
        open: () => cursor && onOpen(cursor),
        close: () => closeTopmost(caseNo, onOpen),
        search: () => document.getElementById("case-search")?.focus(),
        nextCase: () => step(1),
        previousCase: () => step(-1),
        fit: () => bounds && useCamera.getState().lookAt({ bounds }),
        layers: () => set({ layersShown: !layersShown }),
        help: () => set({ helpShown: true }),
      };
      acts[act]();
    },
    [rows, caseNo, bounds, onOpen],
  );
  return useKeys(act);
}
