import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { monthQuery, totalFile } from "../../api/assessments";
import type { Me } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { CaseList } from "./CaseList";
import { Results, resultsOf } from "./Results";
import { Standing } from "./Standing";
import type { AssessmentsUrl } from "./useAssessmentsUrl";

/** A month: what it comes to, from when it stands, and each whistle behind a figure. */
export function MonthSection({ me, url }: { me: Me; url: AssessmentsUrl }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useQuery(monthQuery(url.month));
  const side = found.data && resultsOf(found.data, "street").some((one) => one.code === url.body);
  return (
    <div className="assessments-split">
      <div className="assessments-part">
        <div className="assessments-head">
          <Select
            aria-label={t("assessments.section.month")}
            value={url.month}
            onChange={(month) => url.change("month", month)}
            options={url.months.map((month) => ({ value: month, label: month }))}
            data-testid="assessed-month"
          />
          <a href={totalFile("months", url.month)} download>
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
        {found.data?.months[0] && (
          <>
            <Standing me={me} state={found.data.months[0]} total={found.data} />
            {(["department", "street"] as const).map((one) => (
              <Results
                key={one}
                side={one}
                total={found.data}
                chosen={url.body}
                onChoose={(code) => url.change("body", code)}
              />
            ))}
            <p className="quiet">
              {t("assessments.note", { share: format.number(found.data.share_percent) })}
            </p>
          </>
        )}
      </div>
      <div className="assessments-part aside">
        {found.data && url.body ? (
          <CaseList
            key={url.body}
            me={me}
            total={found.data}
            body={url.body}
            side={side ? "street" : "department"}
          />
        ) : (
          <p className="quiet">{t("assessments.choose")}</p>
        )}
      </div>
    </div>
  );
}
