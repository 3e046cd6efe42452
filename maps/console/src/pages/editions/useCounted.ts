import { useTranslation } from "react-i18next";

import type { Rejudging } from "../../api/types";

type Counts = Omit<Rejudging, "edition" | "items">;

/** Numbers of cases that are judged again, as a sentence. */
export function useCounted() {
  const { t } = useTranslation();
  const parts = (counts: Counts) =>
    (["units", "owners", "departments", "manual"] as const)
      .filter((what) => counts[what] > 0)
      .map((what) => t(`editions.turned.${what}`, { count: counts[what] }))
      .join(t("state.comma"));
  return {
    preview: (counts: Counts) => {
      if (counts.cases === 0) return t("editions.noneToRejudge");
      if (counts.differing === 0) return t("editions.noneDiffers", { count: counts.cases });
      const { cases, differing } = counts;
      return t("editions.someDiffer", { cases, differing, parts: parts(counts) });
    },
    done: (counts: Counts) => {
      if (counts.cases === 0) return t("editions.noneToRejudge");
      const { cases, differing } = counts;
      if (differing === 0) return t("editions.rejudgedAlike", { cases });
      return t("editions.rejudged", { cases, differing, parts: parts(counts) });
    },
  };
}
