import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Empty, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { FindingFilter } from "../../api/editions";
import { editionQuery, findingsFile, findingsQuery } from "../../api/editions";
import type { EditionRow, Finding, Me } from "../../api/types";
import type { Marked } from "../../map/marked";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { Chips } from "../../parts/ground/Chips";
import { FindingSign } from "./FindingSign";
import { MapFrame } from "../../parts/ground/MapFrame";
import { choosable, ROWS_A_PAGE, useChosen } from "../../parts/ground/useChosen";
import type { EditionsUrl } from "./useEditionsUrl";

interface Props {
  edition: EditionRow;
  me: Me;
  url: EditionsUrl;
}

const same = (one: FindingFilter, other: FindingFilter) =>
  one.severity === other.severity && one.kind === other.kind;
const ALL: FindingFilter = { severity: null, kind: null };

/** What the import noticed, as a table and on the map of that edition. */
export function Findings({ edition, me, url }: Props) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(findingsQuery(edition.no, url.filter));
  const rows = useMemo(() => found.data?.pages.flatMap(({ features }) => features) ?? [], [found.data]);
  const marked = useMemo<Marked[]>(
    () =>
      rows.flatMap(({ id: no, geometry, properties }) =>
        geometry
          ? [{ no, tone: properties.severity, geometry: geometry as unknown as GeoJSON.Geometry }]
          : [],
      ),
    [rows],
  );
  const at = useChosen(marked, rows.map(({ id }) => id));
  const columns = useColumns();
  const filtered = !same(url.filter, ALL);
  return (
    <div className="findings" data-testid="findings">
      <div className="findings-table">
        <FindingChips edition={edition} filter={url.filter} onNarrow={url.narrow} />
        <Refreshing when={found.isRefetching} />
        {found.error && (
          <RegionError
            error={found.error}
            what={t("editions.findingsFailed")}
            onRetry={() => void found.refetch()}
          />
        )}
        {found.isPending && <Loading rows={6} />}
        {found.data && rows.length === 0 && (
          <Empty description={t(filtered ? "editions.noSuchFindings" : "editions.noFindings")}>
            {filtered && <Button onClick={() => url.narrow(ALL)}>{t("desk.clearFilters")}</Button>}
          </Empty>
        )}
        {rows.length > 0 && (
          <Table<Finding>
            ref={at.table}
            size="small"
            sticky
            rowKey="id"
            columns={columns}
            dataSource={rows}
            rowClassName={({ id }) => (id === at.chosen ? "chosen" : "")}
            onRow={({ id }) => choosable(id, at.chosen, at.fly)}
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
        {found.hasNextPage && (
          <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("editions.moreFindings")}
          </Button>
        )}
      </div>
      <MapFrame
        name="findings"
        me={me}
        edition={edition.no}
        marked={marked}
        chosen={at.chosen}
        look={at.look}
        exposed={url.exposed}
        onPick={at.pick}
      />
    </div>
  );
}

function useColumns(): ColumnsType<Finding> {
  const { t } = useTranslation();
  const say = useSay();
  return [
    {
      title: t("editions.column.severity"),
      width: 96,
      render: (_, { properties }) => <FindingSign severity={properties.severity} />,
    },
    {
      title: t("editions.column.kind"),
      width: 104,
      render: (_, { properties }) => say(properties.name),
    },
    {
      title: t("editions.column.unit"),
      width: 148,
      render: (_, { properties }) => <code className="unit">{properties.unit ?? "—"}</code>,
    },
    {
      title: t("editions.column.finding"),
      render: (_, { properties }) => say(properties.text),
    },
  ];
}

interface ChipsProps {
  edition: EditionRow;
  filter: FindingFilter;
  onNarrow: (filter: FindingFilter) => void;
}

/** Counts by severity and kind, each a filter; beside them the file. */
function FindingChips({ edition, filter, onNarrow }: ChipsProps) {
  const { t } = useTranslation();
  const say = useSay();
  const { data } = useQuery(editionQuery(edition.no));
  const { errors, warnings } = edition;
  const kinds = data?.kinds ?? [];
  const chips = [
    { value: ALL, label: t("editions.all", { count: errors + warnings }) },
    ...(errors > 0 && warnings > 0
      ? (["error", "warning"] as const).map((severity) => ({
          value: { severity, kind: null },
          label: <FindingSign severity={severity} count={severity === "error" ? errors : warnings} />,
        }))
      : []),
    ...kinds.map(({ severity, kind, name, findings }) => ({
      value: { severity, kind },
      label: (
        <span className={`finding-sign ${severity}`}>
          <i aria-hidden>{severity === "error" ? "■" : "▲"}</i> {say(name)} {findings}
        </span>
      ),
    })),
  ];
  return (
    <div className="chips-row">
      <Chips
        label={t("desk.filters")}
        chips={chips}
        chosen={filter}
        same={same}
        onChoose={onNarrow}
      />
      <Button
        size="small"
        icon={<DownloadOutlined />}
        href={findingsFile(edition.no, filter)}
        download={`edition-${edition.no}-findings.geojson`}
        title={t("editions.downloadHint")}
        data-testid="findings-file"
      >
        GeoJSON
      </Button>
    </div>
  );
}
