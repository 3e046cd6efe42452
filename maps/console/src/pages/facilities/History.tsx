import { useTranslation } from "react-i18next";

import type { FacilityOne } from "../../api/types";
import { useFormat } from "../../words/format";

/** The periods of a facility, and who entered what and why. */
export function History({ facility }: { facility: FacilityOne }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="planner-box" data-testid="facility-history">
      <h2>{t("facilities.history")}</h2>
      <dl className="theme-row">
        {facility.periods.map((one) => (
          <div key={one.valid_from ?? ""}>
            <dt>
              {one.valid_from ?? t("facilities.ever")} – {one.valid_to ?? t("facilities.still")}
            </dt>
            <dd>
              {`${t(`facilities.state.${one.state}`)} · `}
              {t("facilities.areaOf", { area: format.number(one.floor_area_m2, 1) })}
            </dd>
          </div>
        ))}
      </dl>
      <ul className="plain quiet">
        {facility.changes.map((one) => (
          <li key={one.no}>
            {`${format.stamp(one.at)} ${one.by_name}${t("state.colon")}${one.reason}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
