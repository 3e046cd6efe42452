import { CheckCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { Owner, Party } from "../../api/types";
import { useFormat } from "../../words/format";

interface Props {
  departments: readonly Party[];
  /** Whether the departments have been called, so that a missing report-in means something. */
  called: boolean;
}

/** The departments of a case: lead first, each with its report-in once it was called. */
export function Departments({ departments, called }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (departments.length === 0) return <span className="quiet">{t("case.noDepartments")}</span>;
  const spot = ({ distance_m }: Party) =>
    distance_m === null || distance_m === undefined
      ? t("case.onTheSpot")
      : t("case.onTheSpotAt", { distance: format.metres(distance_m) });
  const sorted = [...departments].sort((a, b) => rank(a) - rank(b));
  return (
    <ul className="plain">
      {sorted.map((party) => (
        <li key={party.code} className="party">
          <span className="role">{t(party.role === "lead" ? "case.lead" : "case.supporting")}</span>
          <span className="party-name">
            {party.name}
            {party.reported_in_at ? (
              <span className="reported">
                <CheckCircleFilled aria-hidden /> {t("case.reportedIn")}{" "}
                {format.stamp(party.reported_in_at)}
                {party.reported_in_how === "on_the_spot" && ` · ${spot(party)}`}
              </span>
            ) : (
              called && <span className="waiting">{t("case.notReportedIn")}</span>
            )}
            {party.task && (
              <span className="task">
                {t(party.done_at ? "case.taskDone" : "case.task", { task: party.task })}
              </span>
            )}
            {party.released_at && <span className="quiet">{t("case.released")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function rank(party: Party): number {
  return party.role === "lead" ? 0 : 1;
}

/** The territorial owner 属地: the unit, and the person who answers for it. */
export function OwnerLine({ owner }: { owner: Owner | null }) {
  const { t } = useTranslation();
  if (!owner) return <span className="quiet">{t("case.noOwner")}</span>;
  const { unit, officer } = owner;
  return (
    <span>
      {unit.name}
      {officer && (
        <span className="quiet">
          {" "}
          · {officer.name}
          {officer.phone ? ` ${officer.phone}` : ""}
        </span>
      )}
    </span>
  );
}
