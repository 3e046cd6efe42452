import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { groundQuery } from "../../api/planning";
import { polygonOf } from "../../map/themed";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  corners: readonly GeoJSON.Position[];
  day: string | undefined;
  onAgain: () => void;
}

/** What ground that somebody drew has, from the third corner on. */
export function Ground({ corners, day, onAgain }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const shape = useMemo(() => polygonOf(corners), [corners]);
  const found = useQuery(groundQuery(shape, day));
  const told = found.data;
  return (
    <section className="planner-box" data-testid="ground">
      <h2>{t("coverage.ground")}</h2>
      {!shape && <p className="quiet">{t("coverage.drawHint")}</p>}
      {found.isLoading && <Loading rows={2} />}
      {found.error && (
        <RegionError
          error={found.error}
          what={t("coverage.groundFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {told && (
        <dl className="theme-row">
          <Fact name={t("coverage.households")} value={format.number(told.households)} />
          <Fact name={t("coverage.buildings")} value={format.number(told.buildings)} />
          <Fact name={t("coverage.given")} value={format.number(told.area_m2, 1)} />
          <Fact name={t("coverage.standing")} value={format.number(told.standing_m2, 1)} />
          <Fact
            name={t("coverage.per100")}
            value={say(told.reason) || format.number(told.per_100_households, 1)}
          />
          <Fact name={t("coverage.shortfall")} value={format.number(told.shortfall_m2, 1)} />
        </dl>
      )}
      {corners.length > 0 && (
        <Button size="small" onClick={onAgain}>
          {t("coverage.drawAgain")}
        </Button>
      )}
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
