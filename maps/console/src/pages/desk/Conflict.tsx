import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, Move } from "../../api/types";
import { StageBar } from "../../parts/case/StageSteps";
import { pointText } from "../../parts/move/PointField";
import type { Value } from "../../parts/move/form";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import type { MoveInHand } from "./useMove";

interface Props {
  move: Move;
  form: MoveInHand;
  catalogue: Catalogue;
}

/** Somebody else was faster: what the user wrote beside how the case stands now. */
export function Conflict({ move, form, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const { current, values } = form;
  const last = [...current.timeline].sort((a, b) => b.seq - a.seq)[0];
  return (
    <Alert
      type="warning"
      className="conflict"
      data-testid="conflict"
      title={t("case.conflict")}
      description={
        <>
          <div className="versions">
            <dl>
              <dt>{t("case.yours")}</dt>
              {move.fields.map((field) => (
                <dd key={field.name}>
                  <span className="quiet">{say(field.label)}</span>{" "}
                  {named(values[field.name], catalogue, say) || "—"}
                </dd>
              ))}
            </dl>
            <dl>
              <dt>{t("case.theirs")}</dt>
              <dd>
                <StageBar stages={catalogue.stages} stage={current.stage} />
              </dd>
              {last && (
                <dd>
                  {say(last.text)}
                  <div className="quiet">
                    {format.stamp(last.at)} {last.by?.name}
                  </div>
                </dd>
              )}
            </dl>
          </div>
          {form.stillLegal ? (
            <Button type="primary" size="small" loading={form.sending} onClick={form.resend}>
              {t("case.resend")}
            </Button>
          ) : (
            <p>{t("case.noLongerLegal", { move: say(move.name) })}</p>
          )}
        </>
      }
    />
  );
}

/** A value in the reader's words: names for codes, the rest as typed. */
function named(value: Value, catalogue: Catalogue, say: ReturnType<typeof useSay>): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "✓" : "—";
  if (Array.isArray(value)) return value.map((one) => named(one, catalogue, say)).join("、");
  if (typeof value === "object") {
    return "photos" in value ? String(value.photos.length) : pointText(value);
  }
  const { kinds, modes, departments, categories, lists } = catalogue;
  const rows = [...kinds, ...modes, ...departments, ...categories, ...Object.values(lists).flat()];
  const row = rows.find((one) => one.code === value);
  return row ? say(row.name) : value;
}
