import { Checkbox, Input, InputNumber, Radio, Select } from "antd";

import type { Catalogue, LonLat, MoveField, Photo } from "../../api/types";
import { useSay } from "../../words/locale";
import { WhistleMark } from "../whistle/WhistleMark";
import { CategoryChoice, OneDepartment, options, SeveralDepartments } from "./choices";
import type { Value, Values } from "./form";
import { LEAD } from "./form";
import { PhotoField } from "../photo/PhotoField";
import { PointField } from "./PointField";

interface Props {
  field: MoveField;
  values: Values;
  catalogue: Catalogue;
  onChange: (name: string, value: Value) => void;
}

const shown = (value: Value): Photo[] =>
  typeof value === "object" && value !== null && "photos" in value ? value.photos : [];

const text = (value: Value): string | undefined => (typeof value === "string" ? value : undefined);

/** The control that a field's type asks for. */
export function FieldInput({ field, values, catalogue, onChange }: Props) {
  const say = useSay();
  const value = values[field.name];
  const id = `field-${field.name}`;
  const set = (next: Value) => onChange(field.name, next);
  switch (field.type) {
    case "kind":
      return (
        <Radio.Group
          className="kinds"
          value={text(value)}
          onChange={(event) => set(event.target.value as string)}
          options={catalogue.kinds.map((kind) => ({
            value: kind.code,
            label: (
              <span className="kind-choice">
                <WhistleMark kind={kind.code} stage="any" size={20} /> {say(kind.name)}
              </span>
            ),
          }))}
        />
      );
    case "mode":
      return (
        <Select
          id={id}
          className="wide"
          allowClear
          value={text(value)}
          onChange={set}
          options={options(catalogue.modes, say)}
        />
      );
    case "departments":
      return (
        <SeveralDepartments
          id={id}
          catalogue={catalogue}
          value={Array.isArray(value) ? value : []}
          onChange={set}
          lead={text(values[LEAD])}
          onLead={(code) => onChange(LEAD, code)}
        />
      );
    case "department":
      return <OneDepartment id={id} catalogue={catalogue} value={text(value)} onChange={set} />;
    case "category":
      return <CategoryChoice id={id} catalogue={catalogue} value={text(value)} onChange={set} />;
    case "choice":
      return (
        <Select
          id={id}
          className="wide"
          allowClear={!field.required}
          value={text(value)}
          onChange={set}
          options={options(catalogue.lists[field.list_name ?? ""] ?? [], say)}
        />
      );
    case "point":
      return <PointField value={(value as LonLat | null) ?? null} onClear={() => set(null)} />;
    default:
      return <PlainInput id={id} field={field} value={value} set={set} />;
  }
}

interface PlainProps {
  id: string;
  field: MoveField;
  value: Value;
  set: (next: Value) => void;
}

/** What is typed or shown, not chosen from the catalogue. */
function PlainInput({ id, field, value, set }: PlainProps) {
  switch (field.type) {
    case "number":
      return (
        <InputNumber
          id={id}
          min={0}
          value={typeof value === "number" ? value : null}
          onChange={(next) => set(next)}
        />
      );
    case "flag":
      return <Checkbox id={id} checked={value === true} onChange={(event) => set(event.target.checked)} />;
    case "photos":
      return (
        <PhotoField
          id={id}
          photos={shown(value)}
          onChange={(photos) => set({ photos })}
        />
      );
    case "score":
      return (
        <InputNumber
          id={id}
          min={0}
          max={100}
          precision={0}
          value={typeof value === "number" ? value : null}
          onChange={(next) => set(next)}
        />
      );
    default:
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          value={text(value) ?? ""}
          onChange={(event) => set(event.target.value)}
        />
      );
  }
}
