import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { changesQuery } from "../../api/editions";
import type { Catalogue, Comparison, EditionRow, Me } from "../../api/types";
import { makeLink } from "../../map/linked";
import type { Marked } from "../../map/marked";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { Chips } from "../../parts/ground/Chips";
import type { ChangeFilter, Numbered } from "./choice";
import { held, numbered } from "./choice";
import { MapFrame } from "../../parts/ground/MapFrame";
import { useChangeColumns } from "./useChangeColumns";
import { choosable, ROWS_A_PAGE, useChosen } from "../../parts/ground/useChosen";
import type { EditionsUrl } from "./useEditionsUrl";

interface Props {
  edition: EditionRow;
  against: number;
  items: readonly EditionRow[];
  me: Me;
  levels: Catalogue["levels"];
  url: EditionsUrl;
}

/** What changes from another edition to this one, on two linked maps and in a table. */
export function Compare({ edition, against, items, me, levels, url }: Props) {
  const { t } = useTranslation();
  const found = useQuery(changesQuery(edition.no, against));
  const others = items.filter(({ no }) => no !== edition.no);
  return (
    <div className="compare" data-testid="compare">
      <label className="against">
        {t("editions.against")}{" "}
        <Select
          size="small"
          value={against}
          onChange={url.compare}
          data-testid="against"
          options={others.map(({ no, answering }) => ({
            value: no,
            label: `${t("editions.no", { no })}${answering ? ` ● ${t("editions.state.answering")}` : ""}`,
          }))}
        />
      </label>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("editions.changesFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {found.data && (
        <SideBySide
          key={`${found.data.old}/${found.data.new}`}
          comparison={found.data}
          me={me}
          levels={levels}
          exposed={url.exposed}
        />
      )}
    </div>
  );
}

interface SideProps {
  comparison: Comparison;
  me: Me;
  levels: Catalogue["levels"];
  exposed: boolean;
}

const EVERY: ChangeFilter = { kind: null, level: null };

function SideBySide({ comparison, me, levels, exposed }: SideProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(EVERY);
  const [link] = useState(makeLink);
  const rows = useMemo(() => numbered(comparison, filter), [comparison, filter]);
  const marked = useMemo<Marked[]>(
    () =>
      rows.map(({ no, ground }) => ({
        no,
        tone: "change",
        geometry: ground as unknown as GeoJSON.Geometry,
      })),
    [rows],
  );
  const at = useChosen(marked, rows.map(({ no }) => no));
  const columns = useChangeColumns(levels);
  const { all, shown } = held(comparison);
  const map = { me, marked, chosen: at.chosen, link, exposed, onPick: at.pick };
  if (all === 0) {
    const { old, new: new_ } = comparison;
    return <Empty description={t("editions.noChanges", { old, new: new_ })} />;
  }
  return (
    <>
      <ChangeChips comparison={comparison} levels={levels} filter={filter} onFilter={setFilter} />
      <div className="two-maps">
        <MapFrame {...map} name="old" edition={comparison.old} look={null} />
        <MapFrame {...map} name="new" edition={comparison.new} look={at.look} />
      </div>
      <div className="changes-table" data-testid="changes">
        {shown < all && <p className="quiet padded">{t("editions.onlyFirst", { shown, all })}</p>}
        <Table<Numbered>
          ref={at.table}
          size="small"
          sticky
          rowKey="no"
          columns={columns}
          dataSource={rows}
          locale={{
            emptyText: (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("editions.noSuchChanges")}>
                <Button onClick={() => setFilter(EVERY)}>{t("desk.clearFilters")}</Button>
              </Empty>
            ),
          }}
          rowClassName={({ no }) => (no === at.chosen ? "chosen" : "")}
          onRow={({ no }) => choosable(no, at.chosen, at.fly)}
          pagination={{
            size: "small",
            pageSize: ROWS_A_PAGE,
            current: at.page,
            onChange: at.setPage,
            hideOnSinglePage: true,
            showSizeChanger: false,
          }}
        />
      </div>
    </>
  );
}

interface ChipsProps {
  comparison: Comparison;
  levels: Catalogue["levels"];
  filter: ChangeFilter;
  onFilter: (filter: ChangeFilter) => void;
}

/** Counts by kind and by level, each a filter. */
function ChangeChips({ comparison, levels, filter, onFilter }: ChipsProps) {
  const { t } = useTranslation();
  const say = useSay();
  const { all } = held(comparison);
  const kinds = (Object.entries(comparison.counts) as [Numbered["kind"], number][]).filter(
    ([, count]) => count > 0,
  );
  const name = (level: number) => say(levels.find((one) => one.level === level)?.name);
  const same = (one: unknown, other: unknown) => one === other;
  return (
    <div className="chips-row">
      <Chips<Numbered["kind"] | null>
        label={t("editions.column.change")}
        chosen={filter.kind}
        same={same}
        onChoose={(kind) => onFilter({ ...filter, kind })}
        chips={[
          { value: null, label: t("editions.all", { count: all }) },
          ...kinds.map(([kind, count]) => ({
            value: kind,
            label: `${t(`editions.kind.${kind}`)} ${count}`,
          })),
        ]}
      />
      <Chips<number | null>
        label={t("editions.column.level")}
        chosen={filter.level}
        same={same}
        onChoose={(level) => onFilter({ ...filter, level })}
        chips={[
          { value: null, label: t("editions.allLevels") },
          ...comparison.levels.map(({ level, old, new: new_ }) => ({
            value: level,
            label: `${name(level)} ${old === new_ ? old : `${old}→${new_}`}`,
          })),
        ]}
      />
    </div>
  );
}
