import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Me, Theme } from "../../api/types";
import type { WalkThemeQuestion } from "../../api/walking";
import { walkThemeQuery } from "../../api/walking";
import { Found } from "../../parts/state/Found";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { ThemeTable } from "../../parts/theme/ThemeTable";

/** A theme of walking as map and table. */
export function Themed({ me, asked }: { me: Me; asked: WalkThemeQuestion }) {
  const { t } = useTranslation();
  const found = useQuery(walkThemeQuery(asked));
  return (
    <Found query={found} failed={t("walking.failed")} rows={10}>
      {(theme) =>
        theme.features.features.length === 0 ? (
          <Empty description={t("walking.nothing")} />
        ) : (
          <Shown key={JSON.stringify(asked)} me={me} theme={theme} />
        )
      }
    </Found>
  );
}

function Shown({ me, theme }: { me: Me; theme: Theme }) {
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <div className="theme-split">
      <ThemeMap name="walking" me={me} theme={theme} chosen={chosen} onPick={setChosen} />
      <ThemeTable theme={theme} chosen={chosen} onPick={setChosen} />
    </div>
  );
}
