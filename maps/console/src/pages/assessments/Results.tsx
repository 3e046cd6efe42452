import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import type { Total } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

export type Side = "department" | "street";

interface Row {
  code: string;
  name: { zh: string; en: string };
  points: number | null;
  counted: number;
  small: boolean;
  adds: number | null;
}

/** The results of one side; a street of whose whistles nobody said anything has none. */
export function resultsOf(total: Total, side: Side): Row[] {
  return side === "department"
    ? total.results.map((one) => ({ ...one, code: one.department }))
    : total.streets
        .filter((one) => one.counted > 0)
        .map((one) => ({ ...one, code: one.street }));
}

interface Props {
  total: Total;
  side: Side;
  onChoose?: (code: string) => void;
  chosen?: string | null;
}

/** What a period comes to for every department, or every street. */
export function Results({ total, side, onChoose, chosen }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  return (
    <section aria-label={t(`assessments.${side}s`)} data-testid={`results-${side}`}>
      <h2>{t(`assessments.${side}s`)}</h2>
      <Table<Row>
        size="small"
        rowKey="code"
        dataSource={resultsOf(total, side)}
        pagination={false}
        rowClassName={(row) => (row.code === chosen ? "chosen" : "")}
        locale={{ emptyText: <Empty description={t(`assessments.none.${side}`)} /> }}
        columns={[
          {
            title: t(`assessments.${side}`),
            render: (_, row) =>
              onChoose ? (
                <button type="button" className="link" onClick={() => onChoose(row.code)}>
                  {say(row.name)}
                </button>
              ) : (
                say(row.name)
              ),
          },
          {
            title: t("assessments.points"),
            className: "figure",
            sorter: (a, b) => (a.points ?? -1) - (b.points ?? -1),
            render: (_, row) => format.number(row.points, 1),
          },
          {
            title: t("assessments.counted"),
            className: "figure",
            sorter: (a, b) => a.counted - b.counted,
            render: (_, row) => `${format.number(row.counted)}${row.small ? "*" : ""}`,
          },
          {
            title: t("assessments.adds"),
            className: "figure",
            render: (_, row) => format.number(row.adds, 2),
          },
        ]}
      />
    </section>
  );
}
