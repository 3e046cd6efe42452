import { useQuery } from "@tanstack/react-query";
import { Empty, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { indicatorsQuery } from "../../api/indicators";
import type { Catalogue, Indicator, Me } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { Page } from "../../parts/page/Page";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { lastSpans } from "../../words/spans";
import { EntryDialog } from "./EntryDialog";
import { IndicatorTable } from "./IndicatorTable";
import { Tools } from "./Tools";
import "./indicators.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

const YEARS = 8;

/** The governance index: what the documents print, and what was entered for a year. */
export function IndicatorsPage({ me }: Props) {
  const { t } = useTranslation();
  const [url, setUrl] = useSearchParams();
  const today = useFormat().civilDay(useNow(60_000));
  const years = lastSpans("year", today, YEARS).map(Number);
  const asked = Number(url.get("year"));
  const year = years.includes(asked) ? asked : years[0]!;
  const found = useQuery(indicatorsQuery(year));
  const [open, setOpen] = useState<string | null>(null);
  const mayWrite = me.acts.includes("indicator.write");
  const chosen = found.data?.find((one) => one.code === open);
  return (
    <Page me={me} title={t("indicators.title")}>
      <div className="choices">
        <Select
          aria-label={t("indicators.year")}
          value={year}
          onChange={(value) => setUrl({ year: String(value) }, { replace: true })}
          options={years.map((value) => ({ value, label: String(value) }))}
          data-testid="indicator-year"
        />
        <Tools year={year} mayWrite={mayWrite} />
      </div>
      <p className="quiet">{t("indicators.hint")}</p>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("indicators.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={10} />}
      {found.data?.length === 0 && <Empty description={t("indicators.none")} />}
      {found.data && found.data.length > 0 && (
        <IndicatorTable items={found.data} onOpen={(one: Indicator) => setOpen(one.code)} />
      )}
      {chosen && (
        <EntryDialog
          key={`${chosen.code}/${year}`}
          indicator={chosen}
          year={year}
          mayWrite={mayWrite}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}
