import { useTranslation } from "react-i18next";

import type { Theme } from "../../api/types";
import { useTold } from "./told";

interface Props {
  theme: Theme;
  row: Record<string, unknown>;
}

/** Everything that a theme says of one place. */
export function ThemeRow({ theme, row }: Props) {
  const { t } = useTranslation();
  const { title, value } = useTold();
  return (
    <dl className="theme-row">
      {theme.columns.map((column) => (
        <div key={column.name}>
          <dt>{title(column)}</dt>
          <dd>{value(column, row[column.name])}</dd>
        </div>
      ))}
      {row.small === true && <p className="quiet">{t("theme.small")}</p>}
    </dl>
  );
}
