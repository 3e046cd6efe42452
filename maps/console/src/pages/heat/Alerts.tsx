import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { alertsQuery, dismissAlert } from "../../api/heat";
import type { HeatAlert, Me } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { moved } from "./days";
import type { HeatUrl } from "./useHeatUrl";

interface Props {
  me: Me;
  url: HeatUrl;
}

/** What was more than usual of late; whoever may says why it needs nobody. */
export function Alerts({ me, url }: Props) {
  const { t } = useTranslation();
  const found = useQuery(alertsQuery());
  const items = found.data?.items ?? [];
  return (
    <aside className="heat-alerts" aria-label={t("heat.alerts")} data-testid="alerts">
      <h2>{t("heat.alerts")}</h2>
      <p className="quiet">{t("heat.alertsHow")}</p>
      {found.error && (
        <RegionError
          error={found.error}
          what={t("heat.alertsFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={4} />}
      {found.data && items.length === 0 && <Empty description={t("heat.noAlerts")} />}
      <ul>
        {items.map((alert) => (
          <AlertItem
            key={alert.no}
            alert={alert}
            may={me.acts.includes("alert.dismiss")}
            onLook={() =>
              url.change({
                view: "map",
                measure: "count",
                by: null,
                against: null,
                since: moved(alert.day, 1 - alert.days),
                until: alert.day,
                unit: alert.scope === "unit" ? alert.code : null,
                category: alert.scope === "category" ? alert.code : null,
              })
            }
          />
        ))}
      </ul>
    </aside>
  );
}

interface ItemProps {
  alert: HeatAlert;
  may: boolean;
  /** Show its cases on the map. */
  onLook: () => void;
}

function AlertItem({ alert, may, onLook }: ItemProps) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const client = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: dismissAlert,
    onSuccess: () => client.invalidateQueries({ queryKey: ["heat", "alerts"] }),
  });
  return (
    <li className={alert.open ? "open" : "closed"} data-testid={`alert-${alert.no}`}>
      <button type="button" className="link" onClick={onLook}>
        {say(alert.name)}
      </button>
      <span className="quiet">
        {alert.day} · {t(alert.days === 1 ? "heat.oneDay" : "heat.sevenDays")}
      </span>
      <span>
        {t("heat.moreThanUsual", {
          cases: format.number(alert.cases),
          usual: format.number(alert.usual, 1),
        })}
      </span>
      {alert.dismissed_at && (
        <span className="quiet">
          {t("heat.dismissedBy", { by: alert.dismissed_name ?? "", reason: alert.reason ?? "" })}
        </span>
      )}
      {alert.covered_by !== null && <span className="quiet">{t("heat.covered")}</span>}
      {alert.open && may && reason === null && (
        <Button size="small" onClick={() => setReason("")}>
          {t("heat.dismiss")}
        </Button>
      )}
      {alert.open && reason !== null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            sending.mutate({ no: alert.no, reason });
          }}
        >
          <Input
            autoFocus
            size="small"
            aria-label={t("heat.reason")}
            placeholder={t("heat.reason")}
            value={reason}
            maxLength={1000}
            onChange={({ target }) => setReason(target.value)}
          />
          <Button
            size="small"
            type="primary"
            htmlType="submit"
            disabled={!reason.trim()}
            loading={sending.isPending}
          >
            {t("heat.dismiss")}
          </Button>
          <Button size="small" onClick={() => setReason(null)}>
            {t("heat.keep")}
          </Button>
        </form>
      )}
      {sending.error && <RegionError error={sending.error} what={t("heat.dismissFailed")} />}
    </li>
  );
}
