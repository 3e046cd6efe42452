import { LogoutOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import { logout } from "../../api/commands";
import { meQuery } from "../../api/queries";
import type { Chain, FoundPlace, Me } from "../../api/types";
import { useNow } from "../../clock/useNow";
import type { Connection } from "../../live/connection";
import { useConnection } from "../../live/connection";
import { usePointing } from "../../map/pointing";
import { ChainPath } from "../../parts/place/ChainPath";
import { LangSwitch } from "../../parts/session/LangSwitch";
import { useFormat } from "../../words/format";
import { useLocale, useSay } from "../../words/locale";
import { PlaceSearch } from "./PlaceSearch";

interface Props {
  me: Me;
  selected: readonly Chain[];
  onPlace: (place: FoundPlace) => void;
}

export function TopBar({ me, selected, onPlace }: Props) {
  const { t } = useTranslation();
  const lang = useLocale((state) => state.lang);
  const say = useSay();
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: logout,
    onSettled: () => {
      client.clear();
      client.setQueryData(meQuery().queryKey, null);
    },
  });
  const district = lang === "en" ? me.district.name_en : me.district.name;
  return (
    <header className="top-bar">
      <strong className="district">{district}</strong>
      <PlaceSearch onFound={onPlace} />
      <Whereabouts selected={selected} />
      <Link />
      <Clock />
      <LangSwitch />
      <span className="person" title={me.login}>
        <b>{me.name}</b>
        <small>{say(me.post_name)}</small>
      </span>
      <Tooltip title={t("session.leave")}>
        <Button
          type="text"
          size="small"
          icon={<LogoutOutlined />}
          aria-label={t("session.leave")}
          onClick={() => leaving.mutate()}
          data-testid="logout"
        />
      </Tooltip>
    </header>
  );
}

/** The chain under the pointer, or else that of what is selected. */
function Whereabouts({ selected }: { selected: readonly Chain[] }) {
  const { t } = useTranslation();
  const hovered = usePointing((state) => state.chain);
  const chain = hovered.length > 0 ? hovered : selected;
  return (
    <div className="whereabouts" data-testid="whereabouts">
      {chain.length > 0 ? <ChainPath chain={chain} /> : <span>{t("desk.pointAtMap")}</span>}
    </div>
  );
}

const STATE_KEY: Record<Connection, string> = {
  connecting: "state.connecting",
  live: "state.live",
  polled: "state.polled",
  stale: "state.stale",
  offline: "state.offline",
};

function Link() {
  const { t } = useTranslation();
  const connection = useConnection((state) => state.connection);
  return (
    <span className={`connection ${connection}`} role="status" data-testid="connection">
      <i aria-hidden /> {t(STATE_KEY[connection])}
    </span>
  );
}

function Clock() {
  const format = useFormat();
  const at = useNow(1000);
  return (
    <time className="clock">
      <small>{format.day(at)}</small> {format.clock(at)}
    </time>
  );
}
