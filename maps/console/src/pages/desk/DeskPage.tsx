import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery, unitQuery } from "../../api/queries";
import type { Catalogue, Chain, FoundPlace, Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { boundsOf, useCamera, usePicking } from "../../map/camera";
import type { Pin } from "../../map/useFeeds";
import { Boundary } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { CasePanel } from "./CasePanel";
import { useDesk } from "./deskStore";
import { questionOf } from "./filters";
import { Help } from "./Help";
import { MapArea } from "./MapArea";
import { ReportPanel } from "./ReportPanel";
import { neighbour } from "./rows";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { TopBar } from "./TopBar";
import { useCaseList } from "./useCaseList";
import { useDeskKeys } from "./useDeskKeys";
import { useDeskUrl } from "./useDeskUrl";
import { WorkList } from "./WorkList";
import "./desk.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

const NO_CHAIN: Chain[] = [];

/** The open case as the map pins it, and the chain that the top bar names. */
function useSelected(caseNo: string | null, unit: string | null): [Pin | null, Chain[]] {
  const { data: found } = useQuery({ ...caseQuery(caseNo ?? ""), enabled: caseNo !== null });
  const area = useQuery({ ...unitQuery(unit ?? ""), enabled: unit !== null });
  const pin = useMemo(() => {
    const { lon, lat } = found?.location ?? {};
    if (!found || typeof lon !== "number" || typeof lat !== "number") return null;
    const { kind, stage, overdue } = found;
    return { lon, lat, mark: { kind, stage, overdue } };
  }, [found]);
  if (caseNo) return [pin, found?.chain ?? NO_CHAIN];
  return [null, area.data?.chain ?? NO_CHAIN];
}

export function DeskPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const client = useQueryClient();
  const format = useFormat();
  const url = useDeskUrl();
  const { filters, caseNo, openCase, setFilters } = url;
  const { reporting, set } = useDesk();
  const question = useMemo(() => questionOf(filters, format), [filters, format]);
  const list = useCaseList(question, caseNo);
  const [opened, chain] = useSelected(caseNo, filters.unit);
  const lookAt = useCamera((state) => state.lookAt);
  const stopPicking = usePicking((state) => state.clear);

  const onCase = useCallback(
    (next: string | null) => {
      stopPicking();
      set({ reporting: false, ...(next ? { cursor: next } : {}) });
      openCase(next);
      if (!next) return;
      void client.fetchQuery(caseQuery(next)).then(
        ({ location }) => {
          const { lon, lat } = location ?? {};
          if (typeof lon === "number" && typeof lat === "number") lookAt({ at: { lon, lat } });
        },
        () => undefined,
      );
    },
    [client, openCase, lookAt, set, stopPicking],
  );
  const onUnit = useCallback(
    (code: string) => {
      setFilters({ ...filters, unit: code });
      void client.fetchQuery(unitQuery(code)).then(
        (unit) => {
          const bounds = boundsOf(unit.bounds);
          if (bounds) lookAt({ bounds });
        },
        () => undefined,
      );
    },
    [client, filters, lookAt, setFilters],
  );
  const onPlace = (place: FoundPlace) =>
    place.kind === "case" ? onCase(place.code) : onUnit(place.code);
  const onStep = (step: 1 | -1) => {
    const row = neighbour(list.rows, caseNo, step);
    if (row) onCase(row.case_no);
  };
  const box = me.district.bounds;
  const bounds = useMemo(() => boundsOf(box), [box]);
  const root = useDeskKeys({ rows: list.rows, caseNo, bounds, onOpen: onCase });
  const panelOpen = reporting || caseNo !== null;
  return (
    <div className={`desk${panelOpen ? " with-panel" : ""}`} ref={root}>
      <TopBar me={me} selected={chain} onPlace={onPlace} />
      <StaleBar />
      <main className="desk-main">
        <Boundary what={t("desk.workList")}>
          <WorkList
            catalogue={catalogue}
            filters={filters}
            onFilters={setFilters}
            list={list}
            caseNo={caseNo}
            onOpen={onCase}
            mayReport={me.acts.includes("report.create")}
            onReport={() => {
              stopPicking();
              set({ reporting: true });
            }}
          />
        </Boundary>
        <Boundary what={t("map.map")}>
          <MapArea
            me={me}
            url={url}
            opened={opened}
            panelOpen={panelOpen}
            onCase={onCase}
            onUnit={onUnit}
          />
        </Boundary>
        <Boundary what={t("case.panel")}>
          {reporting ? (
            <ReportPanel
              catalogue={catalogue}
              onClose={() => {
                stopPicking();
                set({ reporting: false });
              }}
              onOpen={onCase}
            />
          ) : (
            caseNo && (
              <CasePanel
                key={caseNo}
                caseNo={caseNo}
                catalogue={catalogue}
                acts={me.acts}
                onClose={() => onCase(null)}
                onStep={onStep}
                onUnit={onUnit}
              />
            )
          )}
        </Boundary>
      </main>
      <StatusLine me={me} />
      <Help />
    </div>
  );
}
