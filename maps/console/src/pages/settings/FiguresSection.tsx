import { useTranslation } from "react-i18next";

import type { PrecedenceRow, SettingRow, Settings } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { RowTable } from "./RowTable";
import { SaveBar } from "./SaveBar";
import { useDraft } from "./useDraft";

/** Which owner is first, and every figure that the source does not give. */
export function FiguresSection({ found }: { found: Settings }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const order = useDraft("precedence", found);
  const figures = useDraft("settings", found);
  const label = (name: string) => t(`settings.column.${name}`);
  const owners = ["line", "territory"].map((value) => ({
    value,
    label: t(`settings.owner.${value}`),
  }));
  return (
    <>
      <h2>{t("settings.precedence")}</h2>
      <p className="quiet">{t("settings.precedenceHint")}</p>
      <SaveBar draft={order} />
      <RowTable<PrecedenceRow>
        rows={order.rows}
        keyOf={(row) => row.matter}
        locked={!found.may_change}
        onChange={order.set}
        asked={[
          { name: "first_owner", label: label("first_owner"), type: "choice", choices: owners },
          { name: "basis", label: label("basis"), type: "text" },
        ]}
        columns={[
          { title: label("matter"), render: (_, row) => t(`settings.matter.${row.matter}`) },
          { title: label("first_owner"), render: (_, row) => t(`settings.owner.${row.first_owner}`) },
          { title: label("basis"), dataIndex: "basis" },
        ]}
      />
      <h2>{t("settings.figures")}</h2>
      <p className="quiet">{t("settings.figuresHint")}</p>
      <SaveBar draft={figures} />
      <RowTable<SettingRow>
        rows={figures.rows}
        keyOf={(row) => row.name}
        locked={!found.may_change}
        onChange={figures.set}
        asked={[
          { name: "value", label: label("value"), type: "number" },
          { name: "basis", label: label("basis"), type: "text" },
        ]}
        columns={[
          { title: label("name"), render: (_, row) => say(row.words) },
          {
            title: label("value"),
            className: "figure",
            render: (_, row) => format.number(row.value, 3),
          },
          {
            title: label("bounds"),
            className: "figure",
            render: (_, row) =>
              row.least !== null && row.most !== null
                ? `${format.number(row.least)}–${format.number(row.most)}`
                : "",
          },
          {
            title: label("usual"),
            className: "figure",
            render: (_, row) => (row.usual === row.value ? "" : format.number(row.usual, 3)),
          },
          { title: label("basis"), dataIndex: "basis" },
        ]}
      />
    </>
  );
}
