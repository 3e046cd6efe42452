import { useTranslation } from "react-i18next";

import type { Indicator } from "../../api/types";

const PLACES = [
  "current_city",
  "target_city",
  "current_district",
  "target_district",
  "current_unknown",
  "target_unknown",
  "value_unknown",
] as const;

/** What the document prints, and where it stands there; what it does not say is told as such. */
export function Printed({ row }: { row: Indicator }) {
  const { t } = useTranslation();
  const told = PLACES.filter((name) => row.printed[name] !== null);
  if (told.length === 0) return <>—</>;
  return (
    <ul className="plain" title={row.source}>
      {told.map((name) => (
        <li key={name}>
          <span className="quiet">{t(`indicators.place.${name}`)}</span> {row.printed[name]}
        </li>
      ))}
    </ul>
  );
}
