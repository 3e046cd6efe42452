import { CheckOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { Why as WhyRow } from "../../api/types";
import { useSay } from "../../words/locale";

/** The rules that were tried, in order; the ones that decided carry a tick. */
export function Why({ why }: { why: readonly WhyRow[] }) {
  const say = useSay();
  const { t } = useTranslation();
  if (why.length === 0) return <p className="quiet">{t("case.noWhy")}</p>;
  return (
    <ol className="why">
      {why.map((row, index) => (
        <li key={`${row.rule}-${index}`} className={row.won ? "won" : ""}>
          <i>{row.won && <CheckOutlined aria-label={t("case.decided")} />}</i>
          {say(row.text)}
        </li>
      ))}
    </ol>
  );
}
