import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { styleQuery } from "../../api/queries";
import type { Me } from "../../api/types";
import { ANYWHERE, boundsOf } from "../../map/camera";
import type { Look } from "../../map/EditionMap";
import type { Link } from "../../map/linked";
import type { Marked } from "../../map/marked";
import type { StyleDocument } from "../../map/registry";
import { Boundary, Loading, RegionError } from "../../parts/state/Region";
import { useLocale } from "../../words/locale";
import "./ground.css";

const EditionMap = lazy(() => import("../../map/EditionMap"));

interface Props {
  name: string;
  me: Me;
  edition: number;
  marked: readonly Marked[];
  chosen: number | null;
  look: Look | null;
  link?: Link;
  exposed: boolean;
  onPick: (no: number) => void;
}

/** A map of one edition with its number on it. */
export function MapFrame({ me, ...props }: Props) {
  const { t } = useTranslation();
  const lang = useLocale((state) => state.lang);
  const style = useQuery({
    ...styleQuery(lang, me.district.edition),
    placeholderData: (before) => before,
  });
  const box = me.district.bounds;
  const bounds = useMemo(() => boundsOf(box) ?? ANYWHERE, [box]);
  const caption = t("editions.no", { no: props.edition });
  return (
    <div className="map-frame" role="group" aria-label={`${t("map.map")} ${caption}`}>
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
            <EditionMap
              {...props}
              style={style.data as unknown as StyleDocument}
              bounds={bounds}
            />
          </Suspense>
        )}
        <b className="map-caption">{caption}</b>
      </Boundary>
    </div>
  );
}
