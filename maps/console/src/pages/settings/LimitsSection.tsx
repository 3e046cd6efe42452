import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, LimitRow, Settings, TimeUnit } from "../../api/types";
import { CategoryChoice, options } from "../../parts/move/choices";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import type { Asked } from "./RowDialog";
import { RowTable } from "./RowTable";
import { SaveBar } from "./SaveBar";
import { SheetActs } from "./SheetActs";
import { useDraft } from "./useDraft";

interface Props {
  found: Settings;
  catalogue: Catalogue;
  onTry: (asked: { amount: number; unit: TimeUnit }) => void;
}

/** How long a case, a stage or a step may take, by category and kind. */
export function LimitsSection({ found, catalogue, onTry }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const draft = useDraft("limits", found);
  const named = (list: readonly { code: string; name: { zh: string; en: string } }[], code?: string | null) =>
    code ? say(list.find((one) => one.code === code)?.name) || code : t("settings.any");
  const isStep = (row: LimitRow) => row.clock === "step";
  const label = (name: string) => t(`settings.column.${name}`);
  const asked: Asked<LimitRow>[] = [
    { name: "no", label: label("no"), type: "number" },
    {
      name: "category_code",
      label: label("category"),
      type: "own",
      optional: true,
      own: (value, set, id) => (
        <CategoryChoice
          id={id}
          catalogue={catalogue}
          value={(value as string | null) ?? undefined}
          onChange={(next) => set(next ?? null)}
        />
      ),
    },
    {
      name: "whistle_kind",
      label: label("kind"),
      type: "choice",
      optional: true,
      choices: options(catalogue.kinds, say),
    },
    { name: "clock", label: label("clock"), type: "choice", choices: options(found.clocks, say) },
    { name: "step", label: label("step"), type: "number", shown: isStep },
    { name: "name_zh", label: label("name_zh"), type: "text", shown: isStep },
    { name: "name_en", label: label("name_en"), type: "text", optional: true, shown: isStep },
    { name: "amount", label: label("amount"), type: "number" },
    { name: "unit", label: label("unit"), type: "choice", choices: options(found.units, say) },
    { name: "basis", label: label("basis"), type: "text" },
  ];
  const fresh = (): LimitRow => ({
    no: Math.max(0, ...draft.rows.map((row) => row.no)) + 1,
    category_code: null,
    whistle_kind: null,
    clock: "handle",
    step: null,
    name_zh: null,
    name_en: null,
    amount: 1,
    unit: "working_day",
    basis: "",
  });
  return (
    <>
      <div className="settings-head">
        <h2>{t("settings.section.limits")}</h2>
        <SheetActs sheet="limits" found={found} />
      </div>
      <p className="quiet">{t("settings.limitsHint")}</p>
      <SaveBar draft={draft} />
      <RowTable<LimitRow>
        rows={draft.rows}
        keyOf={(row) => row.no}
        asked={asked}
        locked={!found.may_change}
        fresh={fresh}
        onChange={(rows) =>
          draft.set(rows.map((row) => (isStep(row) ? row : { ...row, step: null })))
        }
        acts={(row) => (
          <Button
            size="small"
            type="link"
            onClick={() => onTry({ amount: row.amount, unit: row.unit as TimeUnit })}
          >
            {t("settings.tryRow")}
          </Button>
        )}
        columns={[
          { title: label("no"), className: "figure", dataIndex: "no" },
          {
            title: label("category"),
            render: (_, row) => named(catalogue.categories, row.category_code),
          },
          { title: label("kind"), render: (_, row) => named(catalogue.kinds, row.whistle_kind) },
          {
            title: label("clock"),
            render: (_, row) =>
              isStep(row)
                ? `${row.step ?? ""}. ${say({ zh: row.name_zh ?? "", en: row.name_en ?? "" })}`
                : named(found.clocks, row.clock),
          },
          {
            title: label("amount"),
            className: "figure",
            render: (_, row) => `${format.number(row.amount, 2)} ${named(found.units, row.unit)}`,
          },
          { title: label("basis"), dataIndex: "basis" },
        ]}
      />
    </>
  );
}
