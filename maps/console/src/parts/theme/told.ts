/** How a theme's cells are written: one way in tables, legends and beside the pointer. */
import { useTranslation } from "react-i18next";

import type { ThemeColumn, Words } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Told {
  title: (column: ThemeColumn) => string;
  value: (column: ThemeColumn, value: unknown) => string;
}

export function useTold(): Told {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSay();
  return {
    title: (column) => say(column.title),
    value: (column, value) => {
      if (value === null || value === undefined || value === "") return "—";
      if (typeof value === "boolean") return t(value ? "theme.yes" : "theme.no");
      if (typeof value === "number") return format.number(value, column.digits ?? 0);
      if (typeof value === "object") return say(value as Words);
      return typeof value === "string" ? value : "—";
    },
  };
}
