import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";

import { ruleRowsQuery } from "../../api/rules";
import type { Catalogue, RuleRow, RuleTable } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { Bodies } from "./Bodies";

interface Props {
  table: RuleTable;
  catalogue: Catalogue;
}

/** The rows of a table, as they stand in the workbook. */
export function RowsTab({ table, catalogue }: Props) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(ruleRowsQuery(table.no));
  const columns = useRowColumns(catalogue);
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="tab-body" data-testid="rows">
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("rules.rowsFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {found.data && rows.length === 0 && <Empty description={t("rules.noRows")} />}
      {rows.length > 0 && (
        <Table<RuleRow>
          size="small"
          sticky
          rowKey="no"
          columns={columns}
          dataSource={rows}
          pagination={{ size: "small", pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("editions.moreFindings")}
        </Button>
      )}
    </div>
  );
}

function useRowColumns(catalogue: Catalogue): ColumnsType<RuleRow> {
  const { t } = useTranslation();
  const say = useSay();
  const any = <span className="quiet">{t("rules.any")}</span>;
  const kinds = catalogue.community_kinds;
  return [
    { title: t("rules.column.no"), width: 64, align: "right", className: "figure", dataIndex: "no" },
    { title: t("rules.column.category"), width: 150, render: (_, { category }) => say(category?.name) || any },
    { title: t("rules.column.unit"), width: 140, render: (_, { unit }) => unit?.name ?? any },
    {
      title: t("rules.column.communityKind"),
      width: 110,
      render: (_, { community_kind }) =>
        say(kinds.find(({ code }) => code === community_kind)?.name) || any,
    },
    { title: t("rules.column.lead"), width: 190, render: (_, { lead }) => lead.name },
    {
      title: t("rules.column.supporting"),
      render: (_, { supporting, conditions }) => (
        <>
          <Bodies bodies={supporting} />
          {conditions && <div className="quiet">{t("rules.onTerms", { terms: conditions })}</div>}
        </>
      ),
    },
    {
      title: t("rules.column.period"),
      width: 110,
      className: "figure",
      render: (_, { valid_from, valid_to }) =>
        valid_from || valid_to ? `${valid_from ?? "…"} – ${valid_to ?? "…"}` : any,
    },
    { title: t("rules.column.basis"), width: 170, dataIndex: "basis" },
  ];
}
