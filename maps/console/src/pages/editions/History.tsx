import { useTranslation } from "react-i18next";

import type { EditionChange } from "../../api/types";
import { useFormat } from "../../words/format";

/** Every change of the answering edition: from which to which, who, when and why. */
export function History({ changes }: { changes: readonly EditionChange[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (no: number | null) => (no === null ? "—" : t("editions.no", { no }));
  return (
    <>
      <h2>{t("editions.history")}</h2>
      {changes.length === 0 && <p className="quiet padded">{t("editions.noHistory")}</p>}
      <ol className="plain edition-history" data-testid="edition-history">
        {changes.map((change) => (
          <li key={change.at}>
            <b>
              {named(change.previous_no)} → {named(change.edition_no)}
            </b>
            <div>{change.reason || <span className="quiet">{t("editions.noReason")}</span>}</div>
            <small className="quiet">
              {format.stamp(change.at)} {change.by}
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}
