import { useTranslation } from "react-i18next";

import type { Place } from "../../api/types";
import { useFormat } from "../../words/format";
import { doubtful, percent } from "./sure";

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
      <HowSure place={place} />
      {typeof place.border_m === "number" && (
        <div className="quiet">{t("map.border", { distance: format.metres(place.border_m) })}</div>
      )}
    </>
  );
}

/** The likeliest other places; what is less likely is not worth a line. */
const MOST_ELSEWHERE = 3;

/** How the place was found, how sure that is, and where else it may be. */
function HowSure({ place }: { place: Place }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { method, confidence, nearest_m, candidates } = place;
  const found: Record<string, string> = {
    contains: t("map.byArea"),
    nearest_building: t("map.byNearest", { distance: format.metres(nearest_m) }),
    photo: t("case.byPhoto"),
    address: t("map.byAddress"),
  };
  const said = method ? [found[method] ?? method] : [];
  if (method && typeof confidence === "number" && doubtful(method, confidence)) {
    said.push(t("map.sure", { share: percent(confidence) }));
  }
  return (
    <div data-testid="how-sure">
      {said.length > 0 && <div>{said.join(t("state.pause"))}</div>}
      {method &&
        candidates.slice(0, MOST_ELSEWHERE).map(({ chain, share }) => (
          <div key={chain.at(-1)?.code ?? ""} className="quiet">
            {t(chain.length > 0 ? "map.elseIn" : "map.elseOutside", {
              share: percent(share),
              name: chain.at(-1)?.name,
            })}
          </div>
        ))}
    </div>
  );
}
