import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { makeMove } from "../../api/commands";
import { isProblem } from "../../api/problem";
import { caseQuery } from "../../api/queries";
import type { CaseOut, Move } from "../../api/types";
import type { Value, Values } from "../../parts/move/form";
import { bodyOf, missing, startValues } from "../../parts/move/form";

/** One move being prepared: what was typed stays until it is saved or dropped. */
export function useMove(move: Move, found: CaseOut, onDone: () => void) {
  const client = useQueryClient();
  const [values, setValues] = useState<Values>(() => startValues(move.fields, found));
  // The version that the form was filled by; a newer one means somebody else was faster.
  const [basis, setBasis] = useState(found);
  const [tried, setTried] = useState(false);
  const current = useQuery(caseQuery(found.case_no)).data ?? found;
  const sending = useMutation({
    mutationFn: (body: Record<string, unknown>) => makeMove(found.case_no, move.code, body),
    onSuccess: (saved) => {
      client.setQueryData(caseQuery(found.case_no).queryKey, saved);
      void client.invalidateQueries({ queryKey: ["cases", "head"] });
      void client.invalidateQueries({ queryKey: ["counts"] });
      onDone();
    },
    onError: (error) => {
      if (!isProblem(error) || error.status !== 409) return;
      void client.invalidateQueries({ queryKey: caseQuery(found.case_no).queryKey });
    },
  });
  const conflict = isProblem(sending.error) && sending.error.kind === "case-moved-on";
  return {
    values,
    current,
    basis,
    conflict,
    stillLegal: current.moves.includes(move.code),
    lacking: tried ? missing(move.fields, values) : [],
    error: sending.error,
    sending: sending.isPending,
    set: (name: string, value: Value) => setValues((before) => ({ ...before, [name]: value })),
    submit: (filled: Values) => {
      setTried(true);
      setValues(filled);
      if (missing(move.fields, filled).length > 0) return;
      sending.mutate(bodyOf(move.fields, filled, basis.version));
    },
    /** Sends the same words again, by the case as it is now. */
    resend: () => {
      setBasis(current);
      sending.mutate(bodyOf(move.fields, values, current.version));
    },
  };
}

export type MoveInHand = ReturnType<typeof useMove>;
