import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";

import { unitQuery } from "../../api/queries";
import type { Catalogue, Coded } from "../../api/types";
import { useSay } from "../../words/locale";
import type { Filters } from "./filters";

interface Props {
  catalogue: Catalogue;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

interface Chip {
  key: string;
  label: string;
  without: Partial<Filters>;
}

/** What narrows the list out of sight, each with a cross to take it away. */
export function ActiveFilters({ catalogue, filters, onChange }: Props) {
  const say = useSay();
  const unit = useQuery({ ...unitQuery(filters.unit ?? ""), enabled: filters.unit !== null });
  const named = (rows: readonly Coded[], code: string) => {
    const row = rows.find((one) => one.code === code);
    return row ? say(row.name) : code;
  };
  const chips: Chip[] = filters.stage.map((code) => ({
    key: `stage-${code}`,
    label: named(catalogue.stages, code),
    without: { stage: filters.stage.filter((one) => one !== code) },
  }));
  const { kinds, categories, departments } = catalogue;
  for (const [name, rows] of Object.entries({ kind: kinds, category: categories, department: departments })) {
    const code = filters[name as "kind" | "category" | "department"];
    if (code) chips.push({ key: name, label: named(rows, code), without: { [name]: null } });
  }
  if (filters.unit) {
    const label = unit.data?.name ?? filters.unit;
    chips.push({ key: "unit", label, without: { unit: null } });
  }
  if (filters.since || filters.until) {
    const label = `${filters.since ?? ""} – ${filters.until ?? ""}`;
    chips.push({ key: "time", label, without: { since: null, until: null } });
  }
  if (chips.length === 0) return null;
  return (
    <div className="active-filters" data-testid="active-filters">
      {chips.map(({ key, label, without }) => (
        <Tag key={key} closable onClose={() => onChange({ ...filters, ...without })}>
          {label}
        </Tag>
      ))}
    </div>
  );
}
