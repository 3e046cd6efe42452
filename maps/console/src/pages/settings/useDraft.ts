import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Tables } from "../../api/settings";
import { SAVE } from "../../api/settings";
import type { Settings } from "../../api/types";

/** A table being changed: what was typed stays until it is saved or dropped. */
export function useDraft<Name extends keyof Tables>(name: Name, found: Settings) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Tables[Name] | null>(null);
  // The rulebook that the draft was begun by: whoever is late is told and overwrites nothing.
  const [rulebook, setRulebook] = useState(found.rulebook);
  const saving = useMutation({
    mutationFn: (reason: string) => SAVE[name](draft ?? stored, { rulebook, reason }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["settings"] });
      setDraft(null);
    },
  });
  const stored = found[name] as Tables[Name];
  return {
    rows: draft ?? stored,
    dirty: draft !== null,
    error: saving.error,
    saving: saving.isPending,
    set: (rows: Tables[Name]) => {
      if (draft === null) setRulebook(found.rulebook);
      saving.reset();
      setDraft(rows);
    },
    save: (reason: string) => saving.mutate(reason),
    drop: () => {
      saving.reset();
      setDraft(null);
    },
  };
}

export type Draft<Name extends keyof Tables> = ReturnType<typeof useDraft<Name>>;
