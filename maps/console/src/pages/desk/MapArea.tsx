import { AppstoreOutlined, CloseOutlined, ExpandOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { styleQuery, unitQuery } from "../../api/queries";
import type { Me } from "../../api/types";
import { useConnection } from "../../live/connection";
import type { Aim } from "../../map/camera";
import { ANYWHERE, boundsOf, useCamera, usePicking } from "../../map/camera";
import { LayerPanel, ThemeLegend } from "../../map/LayerPanel";
import type { Opened } from "../../map/pointing";
import type { StyleDocument } from "../../map/registry";
import { groupsOf, groupsOn, toggle } from "../../map/registry";
import type { Pin } from "../../map/useFeeds";
import { useFeeds } from "../../map/useFeeds";
import { Generated } from "../../parts/state/Generated";
import { Loading, RegionError } from "../../parts/state/Region";
import { WhistleMark } from "../../parts/whistle/WhistleMark";
import { useFormat } from "../../words/format";
import { useLocale } from "../../words/locale";
import { useDesk } from "./deskStore";
import type { DeskUrl } from "./useDeskUrl";

const MapView = lazy(() => import("../../map/MapView"));

interface Props {
  me: Me;
  url: DeskUrl;
  /** The open case, if it has a place. */
  opened: Pin | null;
  panelOpen: boolean;
  onCase: (caseNo: string) => void;
  onUnit: (code: string) => void;
}

const PANEL_PX = 400;

export function MapArea(props: Props) {
  const { t } = useTranslation();
  const lang = useLocale((state) => state.lang);
  const style = useQuery({
    ...styleQuery(lang, props.me.district.edition),
    placeholderData: (before) => before,
  });
  return (
    <section className="map-area" aria-label={t("map.map")} data-testid="map">
      {style.error && (
        <RegionError
          error={style.error}
          what={t("map.styleFailed")}
          onRetry={() => void style.refetch()}
        />
      )}
      {style.isPending && <Loading rows={6} />}
      {style.data && <LoadedMap {...props} style={style.data as unknown as StyleDocument} />}
    </section>
  );
}

const legendMark = (kind: string | null, stage: string, late: boolean) => (
  <WhistleMark kind={kind} stage={stage} late={late} size={22} />
);

function LoadedMap({ style, me, url, opened, panelOpen, onCase, onUnit }: Props & { style: StyleDocument }) {
  const { t } = useTranslation();
  const { layersShown, reporting, set } = useDesk();
  const { active, picked, stop } = usePicking();
  const lookAt = useCamera((state) => state.lookAt);
  const bursts = useConnection((state) => state.bursts);
  const [facility, setFacility] = useState<Record<string, unknown> | null>(null);
  const [firstView] = useState(url.view);
  const unit = useQuery({ ...unitQuery(url.filters.unit ?? ""), enabled: url.filters.unit !== null });
  const unitBox = boundsOf(unit.data?.bounds);
  const pointed: Aim | null = opened ? { at: opened } : unitBox && { bounds: unitBox };
  const box = me.district.bounds;
  const bounds = useMemo(() => boundsOf(box) ?? ANYWHERE, [box]);

  const groups = useMemo(() => groupsOf(style), [style]);
  const on = useMemo(() => groupsOn(groups, url.switched), [groups, url.switched]);
  const pins = useMemo<Pin[]>(() => {
    const shown: Pin[] = [];
    if (opened && !reporting) shown.push(opened);
    if (picked) shown.push({ ...picked, mark: null });
    return shown;
  }, [opened, reporting, picked]);
  const feeds = useFeeds(style, on, pins);

  const onOpen = useCallback(
    ({ opens, properties }: Opened) => {
      setFacility(opens === "facility" ? properties : null);
      if (opens === "case") onCase(String(properties.case_no));
      if (opens === "unit") onUnit(String(properties.code));
    },
    [onCase, onUnit],
  );
  const legend = { groups, on, notes: feeds.notes, failed: feeds.failed, mark: legendMark };
  return (
    <>
      <Suspense fallback={<Loading rows={6} />}>
        <MapView
          style={style}
          on={on}
          feeds={feeds}
          bounds={bounds}
          view={firstView}
          start={firstView ? null : pointed}
          covered={panelOpen ? PANEL_PX : 0}
          unit={url.filters.unit}
          bursts={bursts}
          exposed={url.exposed}
          onOpen={onOpen}
          onView={url.setView}
        />
      </Suspense>
      {active && (
        <div className="pick-banner" role="status" data-testid="pick-banner">
          {t("map.picking")}
          <Button size="small" onClick={stop}>
            {t("map.pickStop")}
          </Button>
        </div>
      )}
      {facility && <FacilityCard facility={facility} onClose={() => setFacility(null)} />}
      <div className="map-tools">
        {layersShown ? (
          <LayerPanel
            {...legend}
            onToggle={(id) => url.setSwitched(toggle(groups, url.switched, id))}
          />
        ) : (
          <ThemeLegend {...legend} />
        )}
        <div className="map-buttons">
          <Tooltip placement="right" title={`${t("map.layers")}（L）`}>
            <Button
              icon={<AppstoreOutlined />}
              aria-expanded={layersShown}
              onClick={() => set({ layersShown: !layersShown })}
              data-testid="layers-toggle"
            >
              {t("map.layers")}
            </Button>
          </Tooltip>
          <Tooltip placement="right" title={`${t("map.fit")}（F）`}>
            <Button
              icon={<ExpandOutlined />}
              aria-label={t("map.fit")}
              onClick={() => lookAt({ bounds })}
            />
          </Tooltip>
        </div>
      </div>
    </>
  );
}

function FacilityCard({ facility, onClose }: { facility: Record<string, unknown>; onClose: () => void }) {
  const { t } = useTranslation();
  const lang = useLocale((state) => state.lang);
  const format = useFormat();
  const text = (name: string) => (typeof facility[name] === "string" ? facility[name] : "");
  const type = (lang === "en" && text("type_name_en")) || text("type_name");
  const area = typeof facility.floor_area_m2 === "number" ? facility.floor_area_m2 : null;
  return (
    <div className="facility-card" data-testid="facility-card">
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t("case.close")}
        onClick={onClose}
      />
      <b>{text("name")}</b> <Generated when={facility.generated === true} />
      <div>{type}</div>
      <div className="quiet">{t("map.floorArea", { area: format.number(area, 1) })}</div>
    </div>
  );
}
