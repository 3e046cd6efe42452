/** Choices drawn from the catalogue, in its own words. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, Coded } from "../../api/types";
import type { Words } from "../../words/locale";
import { useSay } from "../../words/locale";
import { inTreeOrder } from "./tree";

type Say = (words: Words | null | undefined) => string;

export function options(rows: readonly Coded[], say: Say) {
  return rows.map((row) => ({ value: row.code, label: say(row.name) }));
}

interface DepartmentProps<V> {
  catalogue: Catalogue;
  value: V;
  onChange: (value: V) => void;
  id?: string;
  placeholder?: string;
}

function departmentOptions(catalogue: Catalogue, say: Say) {
  return catalogue.departments.map((row) => ({
    value: row.code,
    label: say(row.name),
    search: `${row.name.zh} ${row.name.en} ${row.short ?? ""}`.toLowerCase(),
  }));
}

const bySearch = (input: string, option?: { search: string }) =>
  option?.search.includes(input.trim().toLowerCase()) ?? false;

export function OneDepartment(props: DepartmentProps<string | undefined>) {
  const { catalogue, value, onChange, id, placeholder } = props;
  const say = useSay();
  return (
    <Select
      id={id}
      className="wide"
      allowClear
      showSearch={{ filterOption: bySearch }}
      placeholder={placeholder}
      value={value}
      onChange={onChange}
      options={departmentOptions(catalogue, say)}
    />
  );
}

interface SeveralProps extends DepartmentProps<string[]> {
  lead: string | undefined;
  onLead: (code: string) => void;
}

/** Several departments, and which of them leads. */
export function SeveralDepartments({ catalogue, value, onChange, lead, onLead, id }: SeveralProps) {
  const say = useSay();
  const { t } = useTranslation();
  const chosen = catalogue.departments.filter((row) => value.includes(row.code));
  return (
    <>
      <Select
        id={id}
        mode="multiple"
        className="wide"
        showSearch={{ filterOption: bySearch }}
        placeholder={t("case.chooseDepartments")}
        value={value}
        onChange={onChange}
        options={departmentOptions(catalogue, say)}
      />
      {chosen.length > 1 && (
        <label className="lead-choice">
          {t("case.lead")}
          <Select
            value={lead && value.includes(lead) ? lead : value[0]}
            onChange={onLead}
            options={options(chosen, say)}
          />
        </label>
      )}
    </>
  );
}

interface CategoryProps {
  catalogue: Catalogue;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  id?: string;
  placeholder?: string;
}

/** The catalogue's tree of categories, indented, searched by name in either language. */
export function CategoryChoice({ catalogue, value, onChange, id, placeholder }: CategoryProps) {
  const say = useSay();
  return (
    <Select
      id={id}
      className="wide"
      allowClear
      showSearch={{ filterOption: bySearch }}
      placeholder={placeholder}
      value={value}
      onChange={(next?: string) => onChange(next)}
      options={inTreeOrder(catalogue.categories).map(({ row, path }) => ({
        value: row.code,
        label: say(row.name),
        search: `${row.name.zh} ${row.name.en}`.toLowerCase(),
        depth: path.length,
        path: path.map((above) => say(above.name)).join(" › "),
      }))}
      optionRender={({ data }) => (
        <span className="category-option" style={{ paddingLeft: data.depth * 14 }} title={data.path}>
          {data.label}
        </span>
      )}
    />
  );
}
