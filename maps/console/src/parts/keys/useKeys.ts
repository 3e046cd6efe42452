import { useCallback } from "react";

import type { KeyAct } from "./keys";
import { actOf, focusOf } from "./keys";

/** A ref for the screen's root: while it is mounted, keys anywhere on the page become acts. */
export function useKeys(act: (act: KeyAct) => void): (node: HTMLElement | null) => () => void {
  return useCallback(
    (node) => {
      const page = node?.ownerDocument;
      const onKey = (event: KeyboardEvent) => {
        const found = event.defaultPrevented ? null : actOf(event, focusOf(event.target));
        if (!found) return;
        if (found !== "close") event.preventDefault();
        act(found);
      };
      page?.addEventListener("keydown", onKey);
      return () => page?.removeEventListener("keydown", onKey);
    },
    [act],
  );
}
