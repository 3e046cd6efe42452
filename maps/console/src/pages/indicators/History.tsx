import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";

import { indicatorHistoryQuery } from "../../api/indicators";
import type { IndicatorValue } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { Value } from "./Value";

/** Every entry there was, the newest first, with what a counted one was counted from. */
export function History({ code }: { code: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = useQuery(indicatorHistoryQuery(code));
  if (found.error) return <RegionError error={found.error} what={t("indicators.historyFailed")} />;
  if (found.isPending) return <Loading rows={3} />;
  return (
    <Table<IndicatorValue>
      size="small"
      rowKey="no"
      dataSource={found.data}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: t("indicators.nothingEntered") }}
      expandable={{
        rowExpandable: (row) => row.behind !== null,
        expandedRowRender: (row) => (
          <pre className="behind">{JSON.stringify(row.behind, null, 1)}</pre>
        ),
      }}
      data-testid="indicator-history"
      columns={[
        { title: t("indicators.year"), dataIndex: "year", className: "figure" },
        {
          title: t("indicators.scope"),
          render: (_, row) =>
            row.scope === "city" || row.scope === "district"
              ? t(`indicators.${row.scope}.${row.part}`)
              : row.scope,
        },
        {
          title: t("indicators.value"),
          render: (_, row) =>
            row.value === null ? t("indicators.takenBack") : <Value entry={row} />,
        },
        { title: t("indicators.note"), render: (_, row) => row.note ?? "—" },
        {
          title: t("indicators.by"),
          render: (_, row) => `${row.entered_by} ${format.stamp(row.entered_at)}`,
        },
      ]}
    />
  );
}
