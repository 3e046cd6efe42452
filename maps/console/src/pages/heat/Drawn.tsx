import { Empty } from "antd";
import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Heat, HeatTotals, Me, Theme } from "../../api/types";
import { makeLink } from "../../map/linked";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { ThemeTable } from "../../parts/theme/ThemeTable";
import { useFormat } from "../../words/format";
import type { HeatUrl } from "./useHeatUrl";

interface Props {
  me: Me;
  found: Heat;
  url: HeatUrl;
  files: ReactNode;
}

/** The theme with some of its shades, the first one shown first. */
function shadedBy(theme: Theme, columns: readonly string[]): Theme {
  const shades = columns.flatMap((one) => theme.shades.filter(({ column }) => column === one));
  return shades.length > 0 ? { ...theme, shades } : theme;
}

/** One map, or two of two periods that always look at the same place; below them the rows. */
export function Drawn({ me, found, url, files }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number | null>(null);
  const [link] = useState(makeLink);
  const { theme, totals, before, sides } = found;
  const compared = before !== null;
  const beside = compared && url.beside;
  const shown = useMemo(() => {
    if (!compared) return [theme];
    if (!beside) return [shadedBy(theme, ["difference"])];
    if (sides.length > 0) return sides;
    return [shadedBy(theme, ["steadied", "value"]), shadedBy(theme, ["before"])];
  }, [theme, sides, compared, beside]);
  const now = `${url.first} — ${url.last}`;
  const then = `${url.before.first} — ${url.before.last}`;
  const captions = beside ? [now, then] : [compared ? `${now} − ${then}` : null];
  const empty = theme.features.features.length === 0;
  // Bands of two periods are other shapes than those of their difference.
  const shared = sides.length === 0 || !beside;
  return (
    <>
      <p className="heat-sums" data-testid="heat-totals">
        <Sums totals={totals} />
        {before && (
          <span>
            {t("heat.before")}
            <Sums totals={before} />
          </span>
        )}
        {files}
      </p>
      {empty && <Empty description={t("heat.none")} />}
      {!empty && (
        <div className={beside ? "heat-maps two" : "heat-maps"}>
          {shown.map((one, place) => (
            <ThemeMap
              key={`${place}/${shown.length}`}
              name={`heat_${place}`}
              me={me}
              theme={one}
              chosen={shared ? chosen : null}
              link={link}
              caption={url.view === "map" ? captions[place] : null}
              onPick={shared ? setChosen : () => setChosen(null)}
            />
          ))}
        </div>
      )}
      {!empty && <ThemeTable theme={theme} chosen={chosen} onPick={setChosen} />}
    </>
  );
}

function Sums({ totals }: { totals: HeatTotals }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span>
      {t("heat.sums", {
        counted: format.number(totals.counted),
        on: format.number(totals.on_map),
        elsewhere: format.number(totals.elsewhere),
      })}
    </span>
  );
}
