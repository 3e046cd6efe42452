import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { coverageHistoryQuery } from "../../api/planning";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

/** A unit's figure on each day that changed something. */
export function History({ code, name }: { code: string; name: string }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const found = useQuery(coverageHistoryQuery(code));
  return (
    <section className="planner-box" data-testid="coverage-history">
      <h2>{t("coverage.historyOf", { name })}</h2>
      {found.isPending && <Loading rows={2} />}
      {found.error && (
        <RegionError
          error={found.error}
          what={t("coverage.historyFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      <dl className="theme-row">
        {found.data?.items.map((one) => (
          <div key={one.day}>
            <dt>{one.day}</dt>
            <dd>
              {say(one.reason) || `${format.number(one.per_100_households, 1)} `}
              {one.reason ? "" : t("coverage.unit")}
              {one.met === false && ` (${t("coverage.short", { area: format.number(one.shortfall_m2) })})`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
