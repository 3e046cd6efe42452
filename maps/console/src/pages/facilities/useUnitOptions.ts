import { useQuery } from "@tanstack/react-query";

import { unitsQuery } from "../../api/queries";

const STREET = 2;
const COMMUNITY = 3;

/** Streets and communities, which facilities usually serve. */
export function useUnitOptions(): { value: string; label: string }[] {
  const streets = useQuery(unitsQuery({ level: STREET }));
  const communities = useQuery(unitsQuery({ level: COMMUNITY }));
  return [...(streets.data ?? []), ...(communities.data ?? [])].map(({ code, name }) => ({
    value: code,
    label: name,
  }));
}
