import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";

import type { Catalogue } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import type { Numbered } from "./choice";

/** Columns of the changes: what, of which units, how much ground, how many people and cases. */
export function useChangeColumns(levels: Catalogue["levels"]): ColumnsType<Numbered> {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const right = { align: "right", className: "figure" } as const;
  return [
    {
      title: t("editions.column.change"),
      width: 96,
      render: (_, { kind }) => t(`editions.kind.${kind}`),
    },
    {
      title: t("editions.column.level"),
      width: 100,
      render: (_, { level }) => say(levels.find((one) => one.level === level)?.name),
    },
    { title: t("editions.column.old"), render: (_, { old }) => <Units units={old} /> },
    { title: t("editions.column.new"), render: (_, { new: new_ }) => <Units units={new_} /> },
    {
      title: t("editions.column.area"),
      width: 128,
      ...right,
      render: (_, { area_m2 }) => `${format.number(area_m2, area_m2 < 10 ? 1 : 0)} m²`,
    },
    {
      title: t("editions.column.households"),
      width: 104,
      ...right,
      render: (_, { households }) => format.number(households),
    },
    {
      title: t("editions.column.openCases"),
      width: 104,
      ...right,
      render: (_, { open_cases }) => format.number(open_cases),
    },
  ];
}

const MOST_NAMED = 3;

/** Names of units, each with its code at hand; of many only the first. */
function Units({ units }: { units: Numbered["old"] }) {
  const { t } = useTranslation();
  if (units.length === 0) return <>—</>;
  const more = units.length - MOST_NAMED;
  return (
    <span title={units.map(({ code, name }) => `${name} ${code}`).join("\n")}>
      {units
        .slice(0, MOST_NAMED)
        .map(({ code, name }) => name || code)
        .join(t("state.comma"))}
      {more > 0 && ` ${t("editions.andMore", { count: more })}`}
    </span>
  );
}
