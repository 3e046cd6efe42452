import { DownOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";

interface PageOf {
  to: string;
  act: string;
  name: string;
}

/** What is looked at all day. */
const DAILY: readonly PageOf[] = [
  { to: "/", act: "case.read", name: "session.desk" },
  { to: "/ledger", act: "ledger.read", name: "session.ledger" },
  { to: "/performance", act: "rates.read", name: "session.performance" },
  { to: "/assessments", act: "rates.read", name: "session.assessments" },
  { to: "/reports", act: "circular.read", name: "session.reports" },
];
/** What planners look at. */
const PLANNING: readonly PageOf[] = [
  { to: "/heat", act: "heat.read", name: "session.heat" },
  { to: "/coverage", act: "plan.read", name: "session.coverage" },
  { to: "/facilities", act: "plan.read", name: "session.facilities" },
  { to: "/walking", act: "plan.read", name: "session.walking" },
  { to: "/siting", act: "plan.read", name: "session.siting" },
];
/** What is looked at and set now and then. */
const SET_UP: readonly PageOf[] = [
  { to: "/indicators", act: "indicator.read", name: "session.indicators" },
  { to: "/rules", act: "rules.read", name: "session.rules" },
  { to: "/parties", act: "party.read", name: "session.parties" },
  { to: "/settings", act: "settings.read", name: "session.settings" },
  { to: "/messages", act: "message.read", name: "session.messages" },
  { to: "/editions", act: "edition.read", name: "session.editions" },
];

/** The pages that the account may see; a single one needs no way to it. */
export function Pages({ acts }: { acts: readonly string[] }) {
  const may = ({ act }: PageOf) => acts.includes(act);
  const [daily, planning, setUp] = [DAILY.filter(may), PLANNING.filter(may), SET_UP.filter(may)];
  if (daily.length + planning.length + setUp.length < 2) return null;
  return (
    <nav className="pages">
      {daily.map((page) => (
        <Way key={page.to} page={page} />
      ))}
      {planning.length > 0 && <More pages={planning} name="session.planning" id="to-planning" />}
      {setUp.length > 0 && <More pages={setUp} name="session.more" id="to-more" />}
    </nav>
  );
}

function Way({ page: { to, name } }: { page: PageOf }) {
  const { t } = useTranslation();
  return (
    <NavLink to={to} end={to === "/"} data-testid={`to-${to.slice(1) || "desk"}`}>
      {t(name)}
    </NavLink>
  );
}

/** The rest behind one word, which is that of the page when it is one of them. */
function More({ pages, name, id }: { pages: readonly PageOf[]; name: string; id: string }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = pages.find(({ to }) => to === pathname);
  const items = pages.map((page) => ({ key: page.to, label: <Way page={page} /> }));
  return (
    <Dropdown menu={{ items, selectedKeys: here ? [here.to] : [] }} trigger={["click"]}>
      <button type="button" className={here ? "more active" : "more"} data-testid={id}>
        {t(here?.name ?? name)} <DownOutlined />
      </button>
    </Dropdown>
  );
}
