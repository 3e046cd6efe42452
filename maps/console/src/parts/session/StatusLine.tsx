import { useTranslation } from "react-i18next";

import type { Me } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useConnection } from "../../live/connection";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import "./session.css";

/** Which edition, how old the data is, and that it was made up if it was. */
export function StatusLine({ me }: { me: Me }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const now = useNow();
  const { connection, currentAt } = useConnection();
  const live = connection === "live";
  const at = format.clock(live ? Math.max(now, currentAt) : currentAt).slice(0, 5);
  return (
    <footer className="status-line">
      <span>{t("desk.edition", { edition: me.district.edition })}</span>
      <span>{t(live ? "desk.dataLive" : "desk.dataOld", { at })}</span>
      {me.district.generated_notice && (
        <span className="notice" data-testid="generated-notice">
          {say(me.district.generated_notice)}
        </span>
      )}
      <span className="attribution">{me.district.attribution}</span>
    </footer>
  );
}

/** A bar across the desk while what it shows may be old. */
export function StaleBar() {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, currentAt } = useConnection();
  if (connection !== "stale" && connection !== "offline") return null;
  const at = format.clock(currentAt).slice(0, 5);
  return (
    <div className={`stale-bar ${connection}`} role="alert" data-testid="stale-bar">
      {t(connection === "offline" ? "desk.offlineBar" : "desk.staleBar", { at })}
    </div>
  );
}
