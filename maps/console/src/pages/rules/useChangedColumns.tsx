import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ChangedCase } from "../../api/types";
import { useSay } from "../../words/locale";
import { Bodies } from "./Bodies";

type Side = ChangedCase["before"];

/** A case that would go elsewhere: what and where it is, who answered, who would, by which row. */
export function useChangedColumns(): ColumnsType<ChangedCase> {
  const { t } = useTranslation();
  const say = useSay();
  return [
    {
      title: t("editions.column.case"),
      width: 150,
      render: (_, { case_no, text }) => (
        <Link to={`/?case=${case_no}`} title={text}>
          {case_no}
        </Link>
      ),
    },
    { title: t("rules.column.day"), width: 104, className: "figure", dataIndex: "day" },
    { title: t("rules.column.category"), width: 120, render: (_, { category }) => say(category?.name) || "—" },
    { title: t("rules.column.unit"), width: 130, render: (_, { unit }) => unit?.name ?? "—" },
    {
      title: t("rules.column.before"),
      render: (_, { before, by }) => <Who side={before} table={by} />,
    },
    {
      title: t("rules.column.after"),
      render: (_, { after, lead_moves }) => <Who side={after} strong={lead_moves} />,
    },
  ];
}

interface WhoProps {
  side: Side;
  table?: number | null;
  strong?: boolean;
}

/** Lead and supporting, and the row that says so; of the former side also its table. */
function Who({ side, table, strong }: WhoProps) {
  const { t } = useTranslation();
  if (!side) return <span className="lacking">{t("rules.nobody")}</span>;
  const lead = strong ? <b>{side.lead.name}</b> : side.lead.name;
  const { row } = side;
  return (
    <>
      {lead}
      {side.supporting.length > 0 && (
        <div>
          {t("rules.with")} <Bodies bodies={side.supporting} />
        </div>
      )}
      <div className="quiet">
        {table ? t("rules.tableRow", { table, row }) : t("rules.newRow", { row })}
      </div>
    </>
  );
}
