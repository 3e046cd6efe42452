import { useTranslation } from "react-i18next";

import type { Theme, ThemeShade } from "../../api/types";
import { SwatchView } from "../../map/SwatchView";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  theme: Theme;
  shade: ThemeShade;
}

const DIGITS = 2;

/** Classes in words, lowest first, what the hatching means, and how the figures were made. */
export function ThemeLegend({ theme, shade }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const limits = shade.limits.map((limit) => format.number(limit, DIGITS));
  // A dash between negative figures would read as another sign.
  const to = shade.around ? " … " : "–";
  const between = limits.slice(1).map((limit, place) => `${limits[place] ?? ""}${to}${limit}`);
  const labels =
    shade.classes.length > 0
      ? shade.classes.map(say)
      : [`< ${limits[0] ?? ""}`, ...between, `≥ ${limits.at(-1) ?? ""}`];
  const few = theme.features.features.some(({ properties }) => properties.small === true);
  return (
    <section className="theme-legend" aria-label={t("map.legend")}>
      <b>{say(shade.title)}</b> <small>{say(shade.unit)}</small>
      <ul>
        {shade.colours.map((color, place) => (
          <li key={color}>
            <SwatchView swatch={{ shape: "fill", color, stroke: "#7B858E" }} mark={() => null} />
            {labels[place]}
          </li>
        ))}
        <li>
          <SwatchView swatch={{ shape: "hatch" }} mark={() => null} />
          {say(shade.empty)}
          {few && t("theme.orSmall")}
        </li>
      </ul>
      <details>
        <summary>{t("theme.how")}</summary>
        <p>{say(theme.note)}</p>
      </details>
    </section>
  );
}
