import { useTranslation } from "react-i18next";

import type { Place } from "../../api/types";
import { useFormat } from "../../words/format";

/** Where a case lies: address, position, how sure, and how near the border. */
export function LocationLine({ place }: { place: Place | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const placed = typeof place?.lon === "number" && typeof place.lat === "number";
  if (!place || (!placed && !place.address)) {
    return <span className="quiet">{t("map.noPosition")}</span>;
  }
  return (
    <>
      {place.address && <div>{place.address}</div>}
      {placed && (
        <code>
          {place.lon?.toFixed(6)}, {place.lat?.toFixed(6)}
        </code>
      )}
      {typeof place.accuracy_m === "number" && <span> ±{format.metres(place.accuracy_m)}</span>}
      {place.method === "photo" && <div className="quiet">{t("case.byPhoto")}</div>}
      {typeof place.border_m === "number" && (
        <div className="quiet">{t("map.border", { distance: format.metres(place.border_m) })}</div>
      )}
    </>
  );
}
