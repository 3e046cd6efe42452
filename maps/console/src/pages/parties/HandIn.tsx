import { useTranslation } from "react-i18next";

import { handInParties } from "../../api/parties";
import type { PartiesCompared } from "../../api/types";
import { HandIn } from "../../parts/workbook/HandIn";

/** Departments and posts from a workbook. */
export function HandInParties() {
  const { t } = useTranslation();
  return (
    <HandIn
      name="parties"
      title={t("parties.handIn")}
      hint={t("parties.handInHint")}
      failed={t("parties.notSaved")}
      send={handInParties}
      stale={["parties"]}
    >
      {(found) => <Compared found={found} />}
    </HandIn>
  );
}

function Compared({ found }: { found: PartiesCompared }) {
  const { t } = useTranslation();
  const moving = Object.values(found.moving).reduce((sum, cases) => sum + cases, 0);
  return (
    <>
      <p>{t("parties.compared", { added: found.added, changed: found.changed, same: found.same })}</p>
      {moving > 0 && <p className="lacking">{t("parties.moving", { count: moving })}</p>}
      <ul className="faults">
        {found.changes.slice(0, 100).map((change, index) => (
          <li key={index}>
            {t(change.new ? "parties.isNew" : "parties.isChanged", {
              sheet: t(`parties.section.${change.sheet === "posts" ? "people" : "departments"}`),
              name: change.name,
            })}
            {!change.new &&
              `${t("state.colon")}${Object.keys(change.columns)
                .map((column) => t(`parties.column.${column}`))
                .join(t("state.comma"))}`}
          </li>
        ))}
      </ul>
    </>
  );
}
