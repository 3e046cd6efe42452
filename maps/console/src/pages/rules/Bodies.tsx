import { useTranslation } from "react-i18next";

import type { Body } from "../../api/types";

const MOST_NAMED = 4;

/** Names of bodies; of many only the first. */
export function Bodies({ bodies }: { bodies: readonly Body[] }) {
  const { t } = useTranslation();
  if (bodies.length === 0) return <>—</>;
  const more = bodies.length - MOST_NAMED;
  return (
    <span title={bodies.map(({ name }) => name).join("\n")}>
      {bodies
        .slice(0, MOST_NAMED)
        .map(({ name }) => name)
        .join(t("state.comma"))}
      {more > 0 && ` ${t("editions.andMore", { count: more })}`}
    </span>
  );
}
