import { LogoutOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { logout } from "../../api/commands";
import { meQuery } from "../../api/queries";
import type { Me } from "../../api/types";
import { useNow } from "../../clock/useNow";
import type { Connection } from "../../live/connection";
import { useConnection } from "../../live/connection";
import { useFormat } from "../../words/format";
import { useLocale, useSay } from "../../words/locale";
import { LangSwitch } from "./LangSwitch";
import "./session.css";

interface Props {
  me: Me;
  /** What only this page has in its bar. */
  children: ReactNode;
}

/** The bar on top of every page: district, pages, connection, clock, language, person. */
export function AppBar({ me, children }: Props) {
  const lang = useLocale((state) => state.lang);
  const say = useSay();
  const district = lang === "en" ? me.district.name_en : me.district.name;
  return (
    <header className="top-bar">
      <strong className="district">{district}</strong>
      <Pages acts={me.acts} />
      {children}
      <Link />
      <Clock />
      <LangSwitch />
      <span className="person" title={me.login}>
        <b>{me.name}</b>
        <small>{say(me.post_name)}</small>
      </span>
      <Leave />
    </header>
  );
}

const PAGES = [
  { to: "/", act: "case.read", name: "session.desk" },
  { to: "/performance", act: "rates.read", name: "session.performance" },
  { to: "/assessments", act: "rates.read", name: "session.assessments" },
  { to: "/editions", act: "edition.read", name: "session.editions" },
  { to: "/rules", act: "rules.read", name: "session.rules" },
  { to: "/settings", act: "settings.read", name: "session.settings" },
];

/** The pages that the account may see; a single one needs no way to it. */
function Pages({ acts }: { acts: readonly string[] }) {
  const { t } = useTranslation();
  const pages = PAGES.filter(({ act }) => acts.includes(act));
  if (pages.length < 2) return null;
  return (
    <nav className="pages">
      {pages.map(({ to, name }) => (
        <NavLink key={to} to={to} end={to === "/"} data-testid={`to-${to.slice(1) || "desk"}`}>
          {t(name)}
        </NavLink>
      ))}
    </nav>
  );
}

function Leave() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: logout,
    onSettled: () => {
      client.clear();
      client.setQueryData(meQuery().queryKey, null);
    },
  });
  return (
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
