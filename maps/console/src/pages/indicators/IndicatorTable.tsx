import { Table, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Indicator } from "../../api/types";
import { useSay } from "../../words/locale";
import { Printed } from "./Printed";
import { Value } from "./Value";

interface Props {
  items: Indicator[];
  onOpen: (one: Indicator) => void;
}

const CELLS = [
  ["city", "current"],
  ["city", "target"],
  ["district", "current"],
  ["district", "target"],
] as const;

/** All indicators of a year. What is uncertain says so; what is empty is a dash, never zero. */
export function IndicatorTable({ items, onOpen }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const groups = [...new Set(items.map((one) => one.level1))];
  return (
    <Table<Indicator>
      size="small"
      rowKey="code"
      dataSource={items}
      pagination={false}
      data-testid="indicators"
      columns={[
        { title: "", dataIndex: "no", width: 40, className: "figure" },
        {
          title: t("indicators.indicator"),
          filters: groups.map((value) => ({ text: value, value })),
          onFilter: (value, row) => row.level1 === value,
          render: (_, row) => (
            <>
              <button
                type="button"
                className="link"
                onClick={() => onOpen(row)}
                data-testid={`open-${row.code}`}
              >
                {say(row.name)}
              </button>
              {row.uncertain && (
                <Tag title={row.uncertain_note ?? undefined}>{t("indicators.uncertain")}</Tag>
              )}
              <div className="quiet">
                {row.level1} · {row.level2} · {row.level3}
                {row.constraint_kind && ` · ${t(`indicators.kind.${row.constraint_kind}`)}`}
              </div>
            </>
          ),
        },
        { title: t("indicators.unit"), width: 80, render: (_, row) => row.unit ?? "—" },
        {
          title: t("indicators.printed"),
          width: 210,
          render: (_, row) => <Printed row={row} />,
        },
        ...CELLS.map(([scope, part]) => ({
          title: t(`indicators.${scope}.${part}`),
          width: 110,
          className: "figure",
          render: (_: unknown, row: Indicator) => (
            <Value
              entry={row.values.find((one) => one.scope === scope && one.part === part)}
              name={`${row.code}-${scope}-${part}`}
            />
          ),
        })),
        {
          title: t("indicators.from"),
          width: 190,
          render: (_, row) =>
            row.computable ? (
              t("indicators.computable")
            ) : (
              <span className="quiet">{say(row.why_not)}</span>
            ),
        },
      ]}
    />
  );
}
