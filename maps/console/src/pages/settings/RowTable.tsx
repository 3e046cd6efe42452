import { Button, Empty, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Asked } from "./RowDialog";
import { RowDialog } from "./RowDialog";

interface Props<Row extends object> {
  rows: Row[];
  columns: ColumnsType<Row>;
  /** What the dialog asks for; none of it where rows may not be changed. */
  asked: Asked<Row>[];
  keyOf: (row: Row) => string | number;
  locked: boolean;
  /** The row that a new one starts as; without it rows are neither added nor taken away. */
  fresh?: () => Row;
  onChange: (rows: Row[]) => void;
  acts?: (row: Row) => React.ReactNode;
}

/** The rows of a table, each changed in a dialog; nothing is saved by it yet. */
export function RowTable<Row extends object>(props: Props<Row>) {
  const { rows, columns, asked, keyOf, locked, fresh, onChange, acts } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ row: Row; old: Row | null } | null>(null);
  return (
    <>
      <Table<Row>
        size="small"
        rowKey={keyOf}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty description={t("settings.noRows")} /> }}
        columns={[
          ...columns,
          {
            key: "acts",
            render: (_, row) => (
              <span className="row-acts">
                {acts?.(row)}
                {!locked && (
                  <Button
                    size="small"
                    type="link"
                    data-testid={`edit-${keyOf(row)}`}
                    onClick={() => setOpen({ row, old: row })}
                  >
                    {t("settings.edit")}
                  </Button>
                )}
                {!locked && fresh && (
                  <Button
                    size="small"
                    type="link"
                    onClick={() => onChange(rows.filter((one) => one !== row))}
                  >
                    {t("settings.remove")}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {!locked && fresh && (
        <Button data-testid="add-row" onClick={() => setOpen({ row: fresh(), old: null })}>
          {t("settings.add")}
        </Button>
      )}
      {open && (
        <RowDialog<Row>
          row={open.row}
          asked={asked}
          onClose={() => setOpen(null)}
          onDone={(row) => {
            onChange(open.old ? rows.map((one) => (one === open.old ? row : one)) : [...rows, row]);
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
