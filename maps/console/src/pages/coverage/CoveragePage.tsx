import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Empty, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { CoverageQuestion } from "../../api/planning";
import { coverageFiles, coverageQuery } from "../../api/planning";
import type { Me } from "../../api/types";
import { Page } from "../../parts/page/Page";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { ThemeFiles } from "../../parts/theme/ThemeFiles";
import { Covered } from "./Covered";
import { Standards } from "./Standards";

const LEVELS = [2, 3, 4] as const;
const COMMUNITY = 3;

/** Who has less service area than the standard, by how much, and how that came about. */
export function CoveragePage({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [url, setUrl] = useSearchParams();
  const [drawing, setDrawing] = useState(false);
  const asked = Number(url.get("level"));
  const level = LEVELS.find((one) => one === asked) ?? COMMUNITY;
  const day = url.get("day") || undefined;
  const question = { level, day };
  const standards = url.get("show") === "standards";
  const change = (name: string, value: string) =>
    setUrl(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return (
    <Page me={me} title={t("coverage.title")}>
      <div className="choices">
        <Segmented
          value={standards ? "standards" : "map"}
          onChange={(value) => change("show", value)}
          options={(["map", "standards"] as const).map((value) => ({
            value,
            label: t(`coverage.${value}`),
          }))}
          data-testid="coverage-show"
        />
        {!standards && (
        <Select
          aria-label={t("coverage.level")}
          value={level}
          onChange={(value) => change("level", String(value))}
          options={LEVELS.map((value) => ({ value, label: t(`coverage.levels.${value}`) }))}
          data-testid="coverage-level"
        />
        )}
        <DatePicker
          aria-label={t("coverage.day")}
          placeholder={t("coverage.today")}
          value={day ? dayjs(day) : null}
          onChange={(value) => change("day", value?.format("YYYY-MM-DD") ?? "")}
        />
        {!standards && (
          <>
        <Button
          type={drawing ? "primary" : "default"}
          onClick={() => setDrawing(!drawing)}
          data-testid="coverage-draw"
        >
          {t(drawing ? "coverage.drawStop" : "coverage.draw")}
        </Button>
        <ThemeFiles href={coverageFiles(question)} />
          </>
        )}
      </div>
      {standards ? (
        <Standards day={day} />
      ) : (
        <Figures me={me} question={question} drawing={drawing} />
      )}
    </Page>
  );
}

interface Props {
  me: Me;
  question: CoverageQuestion;
  drawing: boolean;
}

/** The figures of a level on a day, as map and table. */
function Figures({ me, question, drawing }: Props) {
  const { t } = useTranslation();
  const found = useQuery(coverageQuery(question));
  const { level, day } = question;
  return (
    <>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("coverage.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={10} />}
      {found.data?.features.features.length === 0 && <Empty description={t("coverage.none")} />}
      {found.data && found.data.features.features.length > 0 && (
        <Covered
          key={`${level}/${day ?? ""}/${String(drawing)}`}
          me={me}
          theme={found.data}
          day={day}
          drawing={drawing}
        />
      )}
    </>
  );
}
