import { Input, InputNumber, Modal, Select } from "antd";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

type Value = string | number | null;

/** One field of a row: a number, a text, or a choice; or a control of its own. */
export interface Asked<Row> {
  name: keyof Row & string;
  label: string;
  type: "number" | "text" | "choice" | "own";
  choices?: { value: string; label: string }[];
  /** Empty means any, or none. */
  optional?: boolean;
  own?: (value: Value, set: (value: Value) => void, id: string) => ReactNode;
  shown?: (row: Row) => boolean;
}

interface Props<Row extends object> {
  row: Row;
  asked: Asked<Row>[];
  onDone: (row: Row) => void;
  onClose: () => void;
}

/** One row, field by field; the server says what does not fit when all is saved. */
export function RowDialog<Row extends object>({ row, asked, onDone, onClose }: Props<Row>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(row);
  const value = (name: keyof Row) => (draft[name] ?? null) as Value;
  const fields = asked.filter(({ shown }) => !shown || shown(draft));
  const lacking = fields.some(({ name, optional }) => !optional && value(name) === null);
  const control = ({ name, type, choices, optional, own }: Asked<Row>) => {
    const id = `row-${name}`;
    const set = (next: Value) => setDraft({ ...draft, [name]: next });
    if (type === "own") return own?.(value(name), set, id);
    if (type === "number") {
      return <InputNumber id={id} value={value(name) as number | null} onChange={set} />;
    }
    if (type === "choice") {
      return (
        <Select
          id={id}
          allowClear={optional}
          value={(value(name) as string | null) ?? undefined}
          onChange={(next?: string) => set(next ?? null)}
          options={choices}
        />
      );
    }
    return (
      <Input
        id={id}
        maxLength={500}
        value={value(name) ?? ""}
        onChange={(event) => set(event.target.value || null)}
      />
    );
  };
  return (
    <Modal
      open
      title={t("settings.row")}
      okText={t("settings.take")}
      cancelText={t("case.cancel")}
      onOk={() => onDone(draft)}
      onCancel={onClose}
      okButtonProps={{ disabled: lacking, "data-testid": "row-take" }}
    >
      <div className="row-dialog">
        {fields.map((field) => (
          <div key={field.name}>
            <label htmlFor={`row-${field.name}`}>
              {field.label}
              {field.optional && <span className="quiet"> {t("case.optional")}</span>}
            </label>
            {control(field)}
          </div>
        ))}
      </div>
    </Modal>
  );
}
