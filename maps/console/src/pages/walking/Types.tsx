import { Table } from "antd";
import { useTranslation } from "react-i18next";

import type { Walking, WalkType } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const PERCENT = 100;

/** Every type of facility: how many are open, whom they reach, and whom not. */
export function Types({ walking, onPick }: { walking: Walking; onPick: (type: string) => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const figure = (name: keyof WalkType["figures"], title: string, digits = 0) => ({
    title,
    align: "right" as const,
    className: "figure",
    sorter: (one: WalkType, other: WalkType) =>
      (one.figures[name] ?? -1) - (other.figures[name] ?? -1),
    render: (_: unknown, { figures }: WalkType) => format.number(figures[name], digits),
  });
  const rows = [...walking.types].sort((one, other) => other.open - one.open);
  const homes = rows[0]?.figures;
  return (
    <section data-testid="walking-types">
      {homes && (
        <p className="quiet">
          {t("walking.homes", {
            homes: format.number(homes.homes),
            households: format.number(homes.households),
            unknown: format.number(homes.unknown_homes),
            untold: format.number(homes.untold),
          })}
        </p>
      )}
      <Table<WalkType>
        size="small"
        rowKey="type"
        dataSource={rows}
        pagination={false}
        onRow={(row) => ({ onClick: () => onPick(row.type), className: "clickable" })}
        columns={[
          {
            title: t("walking.type"),
            render: (_, row) => (
              <>
                {say(row.name)}
                {row.open === 0 && <span className="quiet"> · {t("walking.noneOpen")}</span>}
              </>
            ),
          },
          {
            title: t("walking.open"),
            align: "right",
            className: "figure",
            sorter: (one, other) => one.open - other.open,
            render: (_, row) => format.number(row.open),
          },
          figure("reached", t("walking.reached")),
          {
            ...figure("share", t("walking.share")),
            render: (_: unknown, { figures }: WalkType) =>
              format.number(figures.share === null ? null : figures.share * PERCENT, 1),
          },
          figure("unserved", t("walking.unserved")),
          figure("minutes", t("walking.median"), 1),
        ]}
      />
    </section>
  );
}
