import { useTranslation } from "react-i18next";

import type { Catalogue, Settings, SupervisionRow } from "../../api/types";
import { options } from "../../parts/move/choices";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import type { Asked } from "./RowDialog";
import { RowTable } from "./RowTable";
import { SaveBar } from "./SaveBar";
import { useDraft } from "./useDraft";

interface Props {
  found: Settings;
  catalogue: Catalogue;
}

/** When a clock reminds, and when and how hard a case is then urged on. */
export function SupervisionSection({ found, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const draft = useDraft("supervision", found);
  const label = (name: string) => t(`settings.column.${name}`);
  const named = (list: readonly { code: string; name: { zh: string; en: string } }[], code?: string | null) =>
    code ? say(list.find((one) => one.code === code)?.name) || code : t("settings.any");
  const asked: Asked<SupervisionRow>[] = [
    { name: "no", label: label("no"), type: "number" },
    {
      name: "clock",
      label: label("clock"),
      type: "choice",
      optional: true,
      choices: options(found.clocks, say),
    },
    { name: "amount", label: t("settings.beforeAfter"), type: "number" },
    { name: "unit", label: label("unit"), type: "choice", choices: options(found.units, say) },
    { name: "level", label: label("level"), type: "choice", choices: options(found.levels, say) },
    {
      name: "tells_post",
      label: label("tells_post"),
      type: "choice",
      choices: options(catalogue.posts, say),
    },
    { name: "basis", label: label("basis"), type: "text" },
  ];
  const moment = ({ amount, unit }: SupervisionRow) => {
    const span = `${format.number(Math.abs(amount), 2)} ${named(found.units, unit)}`;
    if (amount === 0) return t("settings.atOnce");
    return t(amount < 0 ? "settings.before" : "settings.after", { span });
  };
  return (
    <>
      <h2>{t("settings.section.supervision")}</h2>
      <p className="quiet">{t("settings.supervisionHint")}</p>
      <SaveBar draft={draft} />
      <RowTable<SupervisionRow>
        rows={draft.rows}
        keyOf={(row) => row.no}
        asked={asked}
        locked={!found.may_change}
        fresh={() => ({
          no: Math.max(0, ...draft.rows.map((row) => row.no)) + 1,
          clock: null,
          amount: 1,
          unit: "working_day",
          level: "urge",
          tells_post: "department_handler",
          basis: "",
        })}
        onChange={draft.set}
        columns={[
          { title: label("no"), className: "figure", dataIndex: "no" },
          { title: label("clock"), render: (_, row) => named(found.clocks, row.clock) },
          { title: t("settings.when"), render: (_, row) => moment(row) },
          { title: label("level"), render: (_, row) => named(found.levels, row.level) },
          {
            title: label("tells_post"),
            render: (_, row) => named(catalogue.posts, row.tells_post),
          },
          { title: label("basis"), dataIndex: "basis" },
        ]}
      />
    </>
  );
}
