import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { courseQuery, heatFiles, heatQuery, measuresQuery, spotsQuery } from "../../api/heat";
import type { Catalogue, Me } from "../../api/types";
import { Page } from "../../parts/page/Page";
import { Boundary, Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { ThemeFiles } from "../../parts/theme/ThemeFiles";
import { Alerts } from "./Alerts";
import { Controls } from "./Controls";
import { Drawn } from "./Drawn";
import { useHeatUrl } from "./useHeatUrl";
import "./heat.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

const PATHS = { map: "/api/heat", spots: "/api/heat/hotspots", course: "/api/heat/emerging" };

/** Where many cases are and where answers are slow, really hot, or more than usual. */
export function HeatPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  const url = useHeatUrl();
  const measures = useQuery(measuresQuery());
  const asked = { map: url.heat, spots: url.spots, course: url.course }[url.view];
  const map = useQuery({ ...heatQuery(url.heat), enabled: url.view === "map" });
  const spots = useQuery({ ...spotsQuery(url.spots), enabled: url.view === "spots" });
  const course = useQuery({ ...courseQuery(url.course), enabled: url.view === "course" });
  const found = { map, spots, course }[url.view];
  return (
    <Page me={me} title={t("heat.title")}>
      <Controls url={url} catalogue={catalogue} measures={measures.data?.items ?? []} />
      <Refreshing when={found.isRefetching} />
      <div className="heat">
        <div className="heat-main">
          {found.error && (
            <RegionError
              error={found.error}
              what={t("heat.failed")}
              onRetry={() => void found.refetch()}
            />
          )}
          {found.isPending && <Loading rows={10} />}
          {found.data && !found.error && (
            <Drawn
              key={`${url.view}/${found.data.theme.code}`}
              me={me}
              found={found.data}
              url={url}
              files={<ThemeFiles href={heatFiles(PATHS[url.view], asked)} />}
            />
          )}
        </div>
        <Boundary what={t("heat.alerts")}>
          <Alerts me={me} url={url} />
        </Boundary>
      </div>
    </Page>
  );
}
