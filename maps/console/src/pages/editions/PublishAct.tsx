import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { EditionList, EditionRow } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { stateOf } from "./choice";
import { PublishDialog } from "./PublishDialog";

interface Props {
  list: EditionList;
  edition: EditionRow;
  acts: readonly string[];
}

/** The one act of the page: let this edition answer, or say why it cannot. */
export function PublishAct({ list, edition, acts }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  const state = stateOf(edition);
  if (!acts.includes("edition.publish")) return null;
  // The dialog outlives its own success, to offer what comes after.
  if (state === "answering" && !open) return null;
  const again = state === "former";
  return (
    <div className="publish-act">
      {edition.errors > 0 && (
        <span className="lacking" id="publish-why" data-testid="publish-why">
          {t("editions.unsound", { count: edition.errors })}
        </span>
      )}
      {state !== "answering" && (
        <Button
          type="primary"
          disabled={edition.errors > 0 || !canWrite}
          aria-describedby={edition.errors > 0 ? "publish-why" : undefined}
          onClick={() => setOpen(true)}
          data-testid="publish"
        >
          {t(again ? "editions.rollBackTo" : "editions.publishNo", { no: edition.no })}
        </Button>
      )}
      {open && (
        <PublishDialog
          edition={edition}
          answering={list.items.find((one) => one.answering)?.no ?? null}
          acts={acts}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
