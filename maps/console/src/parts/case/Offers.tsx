import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import type { Offer } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

/** Open cases that may be the same matter, the likeliest first; nothing where there is none. */
export function Offers({ offers }: { offers: readonly Offer[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const [url] = useSearchParams();
  if (offers.length === 0) return null;
  const address = (no: string) => {
    const next = new URLSearchParams(url);
    next.set("case", no);
    return `/?${next.toString()}`;
  };
  return (
    <div className="offers" data-testid="offers">
      <b>{t("case.offers", { count: offers.length })}</b>
      <ul className="plain">
        {offers.map((offer) => (
          <li key={offer.case_no}>
            <Link to={address(offer.case_no)}>{offer.case_no}</Link> {say(offer.stage_name)}
            <div>{offer.text}</div>
            <div className="quiet">
              {say(offer.reasons)} · {format.stamp(offer.opened_at)}
              {offer.reports > 1 && ` · ${t("case.reports", { count: offer.reports })}`}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
