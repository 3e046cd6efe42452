import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";

import type { Orphan } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const MOST_NAMED = 3;

/** Whether a place lacks an owner for more categories than its row names. */
export const hasMore = ({ categories }: Orphan): boolean => categories.length > MOST_NAMED;

/** All categories of a place, by their names. */
export function Categories({ categories }: Pick<Orphan, "categories">) {
  const { t } = useTranslation();
  const say = useSay();
  return <>{categories.map(({ name }) => say(name)).join(t("state.comma"))}</>;
}

/** Columns of the places without an owner: where, how many smallest units, for what. */
export function useOrphanColumns(): ColumnsType<Orphan> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      title: t("rules.column.where"),
      width: 190,
      render: (_, { unit, whole }) => (
        <span title={unit.code}>
          {unit.name}
          {!whole && <span className="quiet"> {t("rules.between")}</span>}
        </span>
      ),
    },
    {
      title: t("rules.column.ends"),
      width: 108,
      align: "right",
      className: "figure",
      render: (_, { ends }) => format.number(ends),
    },
    {
      title: t("rules.column.lacking"),
      render: (_, { categories }) => {
        const more = categories.length - MOST_NAMED;
        return (
          <>
            <Categories categories={categories.slice(0, MOST_NAMED)} />
            {more > 0 && ` ${t("editions.andMore", { count: more })}`}
          </>
        );
      },
    },
  ];
}
