import { useState } from "react";

import type { LonLat, Me, Theme } from "../../api/types";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { ThemeTable } from "../../parts/theme/ThemeTable";
import { Ground } from "./Ground";
import { History } from "./History";

interface Props {
  me: Me;
  theme: Theme;
  day: string | undefined;
  /** Whether clicks on the map are corners of ground. */
  drawing: boolean;
}

/** The map with its table, the drawn ground and the history of the chosen unit. */
export function Covered({ me, theme, day, drawing }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [corners, setCorners] = useState<GeoJSON.Position[]>([]);
  const unit = chosen === null ? undefined : theme.features.features[chosen]?.properties;
  const mark = ({ lon, lat }: LonLat) => setCorners((before) => [...before, [lon, lat]]);
  return (
    <div className="theme-split">
      <ThemeMap
        name="coverage"
        me={me}
        theme={theme}
        chosen={chosen}
        corners={corners}
        {...(drawing && { onPlace: mark })}
        onPick={setChosen}
      />
      <div>
        {drawing && <Ground corners={corners} day={day} onAgain={() => setCorners([])} />}
        {unit && <History code={String(unit.code)} name={String(unit.name)} />}
        <ThemeTable theme={theme} chosen={chosen} onPick={setChosen} />
      </div>
    </div>
  );
}
