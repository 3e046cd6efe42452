import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { standardsFile, standardsQuery } from "../../api/planning";
import type { StandardRow } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const MOST_NAMED = 12;

/** Every standard with its source: met, missed, or why it cannot be told. */
export function Standards({ day }: { day: string | undefined }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const found = useQuery(standardsQuery(day));
  if (found.error) {
    return (
      <RegionError
        error={found.error}
        what={t("coverage.standardsFailed")}
        onRetry={() => void found.refetch()}
      />
    );
  }
  if (found.isPending) return <Loading rows={8} />;
  const verdict = ({ met }: StandardRow) => (met === null ? "unknown" : met ? "met" : "missed");
  const count = (which: string) => found.data.filter((one) => verdict(one) === which).length;
  return (
    <section data-testid="standards">
      <Button icon={<DownloadOutlined />} href={standardsFile(day)}>
        {t("theme.form.xlsx")}
      </Button>
      <p className="quiet">
        {t("coverage.standardsCount", {
          met: count("met"),
          missed: count("missed"),
          unknown: count("unknown"),
        })}
      </p>
      <Table<StandardRow>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={[...found.data].sort(
          (one, other) => Number(other.met !== null) - Number(one.met !== null),
        )}
        columns={[
          {
            title: t("coverage.standard"),
            render: (_, one) => (
              <>
                {say(one.name)}
                <div className="quiet">{one.source.replaceAll("|", " · ")}</div>
              </>
            ),
          },
          {
            title: t("coverage.verdict"),
            width: 110,
            render: (_, one) => (
              <Tag color={{ met: "green", missed: "red", unknown: "default" }[verdict(one)]}>
                {t(`coverage.verdicts.${verdict(one)}`)}
              </Tag>
            ),
          },
          {
            title: t("coverage.found"),
            width: 150,
            className: "figure",
            render: (_, one) => (
              <>
                {format.number(one.value, 1)}
                {one.value !== null && t(`coverage.units.${one.value_unit}`)}
                {one.total > 1 && (
                  <div className="quiet">
                    {t("coverage.of", {
                      having: format.number(one.having),
                      total: format.number(one.total),
                    })}
                  </div>
                )}
              </>
            ),
          },
          {
            title: t("coverage.why"),
            render: (_, one) => (
              <div>
                {one.why ? say(one.why) : say(one.reading)}
                {one.lacking.length > 0 && (
                  <div className="quiet">
                    {t("coverage.lacking", {
                      units: one.lacking.slice(0, MOST_NAMED).map(({ name }) => name).join(t("state.comma")),
                    })}
                    {one.lacking.length > MOST_NAMED && " …"}
                  </div>
                )}
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}
