import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { totalFile, yearQuery } from "../../api/assessments";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { Results } from "./Results";
import type { AssessmentsUrl } from "./useAssessmentsUrl";

/** What a year comes to for departments and streets, and which of its months stand. */
export function YearSection({ url }: { url: AssessmentsUrl }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useQuery(yearQuery(url.year));
  const standing = found.data?.months.filter((one) => one.frozen_at).map((one) => one.month) ?? [];
  return (
    <div className="assessments-part" data-testid="year">
      <div className="assessments-head">
        <Select
          aria-label={t("assessments.section.year")}
          value={url.year}
          onChange={(year) => url.change("year", year)}
          options={url.years.map((year) => ({ value: year, label: year }))}
        />
        <a href={totalFile("years", url.year)} download>
          <DownloadOutlined aria-hidden /> {t("assessments.download")}
        </a>
      </div>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("assessments.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {found.data && (
        <>
          <p>
            {t("assessments.yearNote", {
              share: format.number(found.data.share_percent),
              months: standing.join(t("state.comma")) || t("assessments.noMonth"),
            })}
          </p>
          <div className="assessments-two">
            <Results total={found.data} side="department" />
            <Results total={found.data} side="street" />
          </div>
        </>
      )}
    </div>
  );
}
