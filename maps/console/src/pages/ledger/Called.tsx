import { useTranslation } from "react-i18next";

import type { LedgerDepartment } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const MOMENTS = ["called_at", "reported_in_at", "done_at", "released_at"] as const;

/** A department's part: when it was called, came, was done, and was let go. */
export function Called({ one }: { one: LedgerDepartment }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const told = MOMENTS.filter((name) => one[name]).map((name) =>
    t(`ledger.moment.${name}`, { at: format.stamp(one[name]).slice(5) }),
  );
  return (
    <div>
      {say(one.name)}
      {one.role === "lead" && t("ledger.lead")}
      <div className="quiet">{told.join(" ") || t("ledger.notCalled")}</div>
    </div>
  );
}
