import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import type { CaseOut, Catalogue, Move } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { usePicking } from "../../map/camera";
import { FieldInput } from "../../parts/move/FieldInput";
import type { Values } from "../../parts/move/form";
import { Suggested } from "../../parts/move/Suggested";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { Conflict } from "./Conflict";
import { useMove } from "./useMove";

interface Props {
  move: Move;
  found: CaseOut;
  catalogue: Catalogue;
  onDone: () => void;
  onCancel: () => void;
}

/** The form that a move's fields ask for, and what will follow from sending it. */
export function MoveForm({ move, found, catalogue, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite();
  const form = useMove(move, found, onDone);
  const picked = usePicking((state) => state.picked);
  const clearPicked = usePicking((state) => state.clear);
  const values: Values = { ...form.values };
  for (const field of move.fields) if (field.type === "point") values[field.name] = picked;

  return (
    <form
      className="move-form"
      aria-label={say(move.name)}
      onSubmit={(event) => {
        event.preventDefault();
        form.submit(values);
      }}
    >
      <h3>{say(move.name)}</h3>
      {move.tells && (
        <Alert
          type="warning"
          showIcon
          title={say(move.tells)}
          description={<Told found={found} values={values} catalogue={catalogue} />}
        />
      )}
      {move.fields.map((field) => (
        <div key={field.name} className="field">
          <label htmlFor={`field-${field.name}`}>
            {say(field.label)}
            {!field.required && <span className="quiet"> {t("case.optional")}</span>}
          </label>
          <FieldInput
            field={field}
            values={values}
            catalogue={catalogue}
            onChange={(name, value) => (field.type === "point" ? clearPicked() : form.set(name, value))}
          />
          {field.type === "category" && (
            <Suggested
              text={found.text}
              chosen={values[field.name]}
              onChoose={(category) => form.set(field.name, category)}
            />
          )}
          {form.lacking.includes(field.name) && (
            <div className="lacking" role="alert">
              {t("case.lacking", { label: say(field.label) })}
            </div>
          )}
        </div>
      ))}
      {form.conflict ? (
        <Conflict move={move} form={form} catalogue={catalogue} />
      ) : (
        form.error && (
          <RegionError error={form.error} what={t("case.notSaved")} reading={false} />
        )
      )}
      <div className="acts">
        <Button onClick={onCancel} data-testid="move-cancel">
          {t("case.cancel")}
        </Button>
        {!form.conflict && (
          <Button
            type="primary"
            htmlType="submit"
            loading={form.sending}
            disabled={!canWrite}
            data-testid="move-submit"
          >
            {say(move.name)}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The departments and the officer whom the case concerns, as the form stands. */
function Told({ found, values, catalogue }: { found: CaseOut; values: Values; catalogue: Catalogue }) {
  const { t } = useTranslation();
  const say = useSay();
  const chosen = values.departments;
  const departments = Array.isArray(chosen)
    ? catalogue.departments.filter((row) => chosen.includes(row.code)).map((row) => say(row.name))
    : found.departments.map((party) => party.name);
  const officer = found.territorial_owner?.officer;
  const names = [...departments, ...(officer ? [officer.name] : [])];
  if (names.length === 0) return null;
  return <>{t("case.concerned", { names: names.join(t("state.comma")) })}</>;
}
