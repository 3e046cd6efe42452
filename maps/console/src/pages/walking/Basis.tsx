import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Select, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Walking } from "../../api/types";
import { networksQuery, putInUse } from "../../api/walking";
import { useCanWrite } from "../../live/connection";
import { Generated } from "../../parts/state/Generated";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const NONE = 0;

/** What the distances were measured on, and a choice among networks for whoever may choose. */
export function Basis({ walking, mayWrite }: { walking: Walking; mayWrite: boolean }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const networks = useQuery(networksQuery());
  const using = useMutation({
    mutationFn: putInUse,
    onSuccess: () => client.invalidateQueries({ queryKey: ["walking"] }),
  });
  const { network } = walking;
  return (
    <div className="choices" data-testid="walking-basis">
      <Tag color={walking.basis === "streets" ? "blue" : "orange"}>{say(walking.basis_name)}</Tag>
      <span className="quiet">
        {network
          ? t("walking.network", {
              no: network.no,
              source: network.source,
              km: format.number(network.metres / 1000),
              islands: format.number(network.islands),
            })
          : t("walking.straight", { detour: format.number(walking.detour, 1) })}
        {t("walking.speed", { kmh: format.number(walking.kmh, 1) })}
      </span>
      <Generated when={network?.generated ?? false} />
      {mayWrite && networks.data && networks.data.length > 0 && (
        <Select
          size="small"
          aria-label={t("walking.choose")}
          value={network?.no ?? NONE}
          disabled={!canWrite || using.isPending}
          onChange={(no) => using.mutate(no === NONE ? null : no)}
          options={[
            ...networks.data.map((one) => ({
              value: one.no,
              label: t("walking.networkNo", { no: one.no, source: one.source }),
            })),
            { value: NONE, label: t("walking.noNetwork") },
          ]}
          popupMatchSelectWidth={false}
          data-testid="walking-network"
        />
      )}
      {using.error && (
        <RegionError error={using.error} what={t("walking.notSwitched")} reading={false} />
      )}
    </div>
  );
}
