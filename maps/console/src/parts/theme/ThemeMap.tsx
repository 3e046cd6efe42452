import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { styleQuery } from "../../api/queries";
import type { Me, Theme } from "../../api/types";
import { ANYWHERE, boundsOf } from "../../map/camera";
import type { StyleDocument } from "../../map/registry";
import type { ThemeViewProps } from "../../map/ThemeView";
import { useLocale, useSay } from "../../words/locale";
import { Chips } from "../ground/Chips";
import { Boundary, Loading, RegionError } from "../state/Region";
import { ThemeLegend } from "./ThemeLegend";
import { ThemeRow } from "./ThemeRow";
import "./theme.css";

const ThemeView = lazy(() => import("../../map/ThemeView"));

interface Props extends Omit<ThemeViewProps, "shade" | "onHover"> {
  me: Me;
  /** What stands above the map: the period, say. */
  caption?: ReactNode;
}

/** A theme on the map of the grid, with its legend and what the pointer is on. */
export function ThemeMap({ me, caption, ...view }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const lang = useLocale((state) => state.lang);
  const [column, setColumn] = useState<string | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { theme } = view;
  const shade = theme.shades.find((one) => one.column === column) ?? theme.shades[0];
  const style = useQuery({
    ...styleQuery(lang, me.district.edition),
    placeholderData: (before) => before,
  });
  const box = me.district.bounds;
  const bounds = useMemo(() => boundsOf(box) ?? ANYWHERE, [box]);
  if (!shade) return null;
  return (
    <div className="theme-map" role="group" aria-label={say(theme.title)}>
      <Boundary what={t("map.map")}>
        {style.error && (
          <RegionError
            error={style.error}
            what={t("map.styleFailed")}
            onRetry={() => void style.refetch()}
          />
        )}
        {style.isPending && <Loading rows={4} />}
        {style.data && (
          <Suspense fallback={<Loading rows={4} />}>
            <ThemeView
              {...view}
              shade={shade}
              onHover={setHovered}
              style={style.data as unknown as StyleDocument}
              edition={me.district.edition ?? 0}
              bounds={bounds}
              exposed
            />
          </Suspense>
        )}
        {caption && <b className="theme-caption">{caption}</b>}
        <div className="theme-side">
          {theme.shades.length > 1 && (
            <Chips
              label={t("map.layers")}
              chips={theme.shades.map((one) => ({ value: one.column, label: say(one.title) }))}
              chosen={shade.column}
              same={(one, other) => one === other}
              onChoose={setColumn}
            />
          )}
          <ThemeLegend theme={theme} shade={shade} />
        </div>
        <Hovered theme={theme} no={hovered ?? view.chosen} />
      </Boundary>
    </div>
  );
}

function Hovered({ theme, no }: { theme: Theme; no: number | null }) {
  const feature = no === null ? undefined : theme.features.features[no];
  if (!feature) return null;
  return (
    <div className="theme-hovered" data-testid="theme-hovered">
      <ThemeRow theme={theme} row={feature.properties} />
    </div>
  );
}
