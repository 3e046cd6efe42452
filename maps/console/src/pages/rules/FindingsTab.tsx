import { CheckOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Table } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { ruleFindingsQuery } from "../../api/rules";
import type { Contradiction, Me, Orphan, RuleFindings, RuleRow, RuleTable } from "../../api/types";
import type { Marked } from "../../map/marked";
import { MapFrame } from "../../parts/ground/MapFrame";
import { choosable, ROWS_A_PAGE, useChosen } from "../../parts/ground/useChosen";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { Categories, hasMore, useOrphanColumns } from "./useOrphanColumns";

interface Props {
  table: RuleTable;
  me: Me;
  exposed: boolean;
}

/** What is wrong with a table: contradictions, and on the map where nobody is responsible. */
export function FindingsTab({ table, me, exposed }: Props) {
  const { t } = useTranslation();
  const found = useQuery(ruleFindingsQuery(table.no));
  return (
    <div className="rule-findings" data-testid="rule-findings">
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("rules.findingsFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {found.data && <Found findings={found.data} me={me} exposed={exposed} />}
    </div>
  );
}

function Found({ findings, me, exposed }: { findings: RuleFindings; me: Me; exposed: boolean }) {
  const { t } = useTranslation();
  const { orphans, contradictions } = findings;
  const marked = useMemo<Marked[]>(
    () =>
      orphans.flatMap(({ no, ground }) =>
        ground ? [{ no, tone: "warning", geometry: ground as unknown as GeoJSON.Geometry }] : [],
      ),
    [orphans],
  );
  const at = useChosen(marked, orphans.map(({ no }) => no));
  const columns = useOrphanColumns();
  return (
    <>
      <div className="findings-side">
        <Contradictions rows={contradictions} />
        <Gaps findings={findings} />
        {orphans.length > 0 && (
          <Table<Orphan>
            ref={at.table}
            size="small"
            sticky
            rowKey="no"
            columns={columns}
            dataSource={orphans}
            rowClassName={({ no }) => (no === at.chosen ? "chosen" : "")}
            onRow={({ no }) => choosable(no, at.chosen, at.fly)}
            expandable={{
              showExpandColumn: orphans.some(hasMore),
              expandedRowRender: ({ categories }) => <Categories categories={categories} />,
              rowExpandable: hasMore,
            }}
            pagination={{
              size: "small",
              pageSize: ROWS_A_PAGE,
              current: at.page,
              onChange: at.setPage,
              hideOnSinglePage: true,
              showSizeChanger: false,
            }}
          />
        )}
        {orphans.length < findings.units && (
          <p className="quiet padded">
            {t("editions.onlyFirst", { shown: orphans.length, all: findings.units })}
          </p>
        )}
      </div>
      <MapFrame
        name="orphans"
        me={me}
        edition={me.district.edition}
        marked={marked}
        chosen={at.chosen}
        look={at.look}
        exposed={exposed}
        onPick={at.pick}
      />
    </>
  );
}

/** How much lacks an owner, as a sentence. */
function Gaps({ findings }: { findings: RuleFindings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { categories, units, pairs, day } = findings;
  if (pairs === 0) {
    return (
      <p className="sound" data-testid="gaps">
        <CheckOutlined /> {t("rules.noGaps", { day })}
      </p>
    );
  }
  const numbers = { categories, units, pairs: format.number(pairs), day };
  return <Alert type="warning" showIcon title={t("rules.gaps", numbers)} data-testid="gaps" />;
}

function Contradictions({ rows }: { rows: readonly Contradiction[] }) {
  const { t } = useTranslation();
  const say = useSay();
  if (rows.length === 0) {
    return (
      <p className="sound">
        <CheckOutlined /> {t("rules.noContradictions")}
      </p>
    );
  }
  const row = ({ no, lead, supporting }: RuleRow) =>
    t("rules.rowSays", { no, bodies: [lead, ...supporting].map(({ name }) => name).join(t("state.comma")) });
  return (
    <Alert
      type="error"
      showIcon
      title={t("rules.contradictions", { count: rows.length })}
      description={
        <ul className="faults" data-testid="contradictions">
          {rows.map(({ one, other }) => (
            <li key={`${one.no}/${other.no}`}>
              {say(one.category?.name) || t("rules.anyCategory")} · {one.unit?.name ?? t("rules.anyUnit")}
              {t("state.colon")}
              {row(one)} ≠ {row(other)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
