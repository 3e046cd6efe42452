import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ratesQuery } from "../../api/rates";
import type { Catalogue, Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../../parts/session/AppBar";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { Boundary, Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { Counted } from "./Counted";
import { Departments } from "./Departments";
import { Figures } from "./Figures";
import { Scope } from "./Scope";
import { usePerformanceUrl } from "./usePerformanceUrl";
import "./performance.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** How well it goes: every figure of a month, and the cases that it was counted from. */
export function PerformancePage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const url = usePerformanceUrl();
  const found = useQuery(ratesQuery(url.asked));
  return (
    <div className="performance">
      <AppBar me={me}>
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main className="performance-main">
        <div className="performance-figures">
          <Scope url={url} catalogue={catalogue} />
          <Refreshing when={found.isRefetching} />
          <Boundary what={t("performance.title")}>
            {found.error && (
              <RegionError
                error={found.error}
                what={t("performance.failed")}
                onRetry={() => void found.refetch()}
              />
            )}
            {found.isPending && <Loading rows={8} />}
            {found.data && (
              <Figures
                found={found.data}
                chosen={url.rate}
                onChoose={(code) => url.change("rate", code)}
              />
            )}
          </Boundary>
          <Boundary what={t("performance.byDepartment")}>
            <Departments asked={url.asked} onChoose={(code) => url.change("department", code)} />
          </Boundary>
        </div>
        <Boundary what={t("performance.cases")}>
          {url.rate ? (
            <Counted code={url.rate} asked={url.asked} catalogue={catalogue} />
          ) : (
            <p className="counted quiet">{t("performance.choose")}</p>
          )}
        </Boundary>
      </main>
      <StatusLine me={me} />
    </div>
  );
}
