import { useQuery } from "@tanstack/react-query";
import { TreeSelect } from "antd";

import { unitsQuery } from "../../api/queries";
import type { UnitRow } from "../../api/types";

interface Props {
  value: string | undefined;
  onChange: (code: string | undefined) => void;
  placeholder: string;
}

/** Levels that are listed; deeper ones are chosen on the map or by search. */
const LISTED_LEVELS = [2, 3] as const;

function useUnits(): UnitRow[] {
  const streets = useQuery(unitsQuery({ level: LISTED_LEVELS[0] }));
  const communities = useQuery(unitsQuery({ level: LISTED_LEVELS[1] }));
  return [...(streets.data ?? []), ...(communities.data ?? [])];
}

/** A street or a community of the grid; a deeper unit that the address names stays chosen. */
export function UnitChoice({ value, onChange, placeholder }: Props) {
  const units = useUnits();
  const known = units.some((unit) => unit.code === value);
  const listed = value && !known ? [{ code: value, name: value, parent: null }] : [];
  return (
    <TreeSelect
      allowClear
      showSearch={{ treeNodeFilterProp: "title" }}
      treeDataSimpleMode
      aria-label={placeholder}
      placeholder={placeholder}
      value={value}
      onChange={(unit?: string) => onChange(unit)}
      treeData={[...units, ...listed].map((unit) => ({
        id: unit.code,
        pId: units.some((one) => one.code === unit.parent) ? unit.parent : 0,
        value: unit.code,
        title: unit.name,
      }))}
    />
  );
}
