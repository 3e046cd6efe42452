import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { caseDuplicatesQuery, duplicatesQuery } from "../../api/duplicates";
import type { CaseOut, LonLat } from "../../api/types";
import { Offers } from "../../parts/case/Offers";

/** What may already have been told, while a report is being written. */
export function LikelyBefore({ at, category, text }: { at: LonLat; category?: string; text: string }) {
  const { data } = useQuery(duplicatesQuery({ at, category, text: text.trim() }));
  return <Offers offers={data?.items ?? []} />;
}

/** What a case is one matter with, or may be while nobody has dispatched it yet. */
export function SameMatter({ found }: { found: CaseOut }) {
  const { t } = useTranslation();
  if (found.merged_into) {
    return <p className="manual-note">{t("case.mergedInto", { no: found.merged_into })}</p>;
  }
  return found.moves.includes("merge") ? <LikelyOf caseNo={found.case_no} /> : null;
}

function LikelyOf({ caseNo }: { caseNo: string }) {
  const { data } = useQuery(caseDuplicatesQuery(caseNo));
  return <Offers offers={data?.items ?? []} />;
}
