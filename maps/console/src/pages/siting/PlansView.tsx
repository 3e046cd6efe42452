import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { planQuery, sitesQuery, sitesThemeQuery } from "../../api/siting";
import type { LonLat, Me, SitingWish, WalkType } from "../../api/types";
import { Found } from "../../parts/state/Found";
import { Loading, RegionError } from "../../parts/state/Region";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { AskForm } from "./AskForm";
import { Plans } from "./Plans";
import { SiteActs } from "./SiteActs";
import { SiteDialog } from "./SiteDialog";
import { SiteTable } from "./SiteTable";

interface Props {
  me: Me;
  types: readonly WalkType[];
}

/** Candidates on the map and in a table, what is asked of them, and the plans that come of it. */
export function PlansView({ me, types }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<SitingWish | null>(null);
  const [own, setOwn] = useState<readonly string[]>([]);
  const [placing, setPlacing] = useState(false);
  const [fresh, setFresh] = useState<LonLat | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const sites = useQuery(sitesQuery());
  const map = useQuery(sitesThemeQuery());
  const plan = useQuery(planQuery(asked));
  const theme = plan.data?.theme ?? map.data;
  const mayWrite = me.acts.includes("plan.write");
  const picked = useMemo(() => {
    const code = chosen === null ? null : theme?.features.features[chosen]?.properties.code;
    return typeof code === "string" ? code : null;
  }, [chosen, theme]);
  const place = (at: LonLat) => {
    setPlacing(false);
    setFresh(at);
  };
  const mark = (code: string) =>
    setChosen(theme?.features.features.findIndex((one) => one.properties.code === code) ?? null);
  return (
    <>
      <AskForm types={types} busy={plan.isFetching} onAsk={setAsked} />
      {map.isPending && <Loading rows={8} />}
      {map.error && (
        <RegionError
          error={map.error}
          what={t("siting.failed")}
          onRetry={() => void map.refetch()}
        />
      )}
      <div className="theme-split">
        {theme ? (
          <ThemeMap
            name="siting"
            me={me}
            theme={theme}
            chosen={chosen}
            {...(placing && { onPlace: place })}
            onPick={setChosen}
          />
        ) : (
          <div />
        )}
        <div>
          <Plans asked={asked} plan={plan} own={own} />
          {mayWrite && <SiteActs placing={placing} onPlacing={setPlacing} />}
          <Found query={sites} failed={t("siting.failed")}>
            {(items) =>
              items.length === 0 ? (
                <Empty description={t("siting.none")} />
              ) : (
                <SiteTable
                  sites={items}
                  plans={plan.data?.plans ?? []}
                  own={own}
                  picked={picked}
                  mayWrite={mayWrite}
                  onOwn={setOwn}
                  onPick={mark}
                />
              )
            }
          </Found>
        </div>
      </div>
      {fresh && <SiteDialog at={fresh} onClose={() => setFresh(null)} />}
    </>
  );
}
