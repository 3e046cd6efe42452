import { Table } from "antd";

import type { Theme, ThemeColumn } from "../../api/types";
import { useTold } from "./told";

type Row = Record<string, unknown> & { no: number };

interface Props {
  theme: Theme;
  chosen: number | null;
  onPick: (no: number | null) => void;
}

/** The theme's rows as a table that can be sorted; the same rows as on the map. */
export function ThemeTable({ theme, chosen, onPick }: Props) {
  const { title, value } = useTold();
  const rows = theme.features.features.map(({ properties }) => properties as Row);
  return (
    <Table<Row>
      size="small"
      rowKey="no"
      dataSource={rows}
      pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      rowClassName={(row) => (row.no === chosen ? "theme-chosen" : "")}
      onRow={(row) => ({ onClick: () => onPick(row.no) })}
      scroll={{ x: "max-content" }}
      columns={shown(theme.columns).map((column) => ({
        key: column.name,
        title: title(column),
        align: column.digits === null ? ("left" as const) : ("right" as const),
        className: column.digits === null ? "" : "figure",
        sorter: (one: Row, other: Row) => order(one[column.name], other[column.name]),
        render: (_: unknown, row: Row) => (
          <>
            {value(column, row[column.name])}
            {column.name === "name" && typeof row.code === "string" && (
              <div className="quiet">{row.code}</div>
            )}
          </>
        ),
      }))}
    />
  );
}

/** The code stands below the name, where there is one. */
function shown(columns: readonly ThemeColumn[]): readonly ThemeColumn[] {
  const named = columns.some(({ name }) => name === "name");
  return columns.filter(({ name }) => !(named && name === "code"));
}

/** What cannot be said comes last. */
function order(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "string" && typeof other === "string") return one.localeCompare(other);
  return Number(one === null) - Number(other === null);
}
