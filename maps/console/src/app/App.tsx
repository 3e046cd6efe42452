import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { Button, ConfigProvider, Result } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { ComponentType } from "react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter, Link, Route, Routes } from "react-router";

import { catalogueQuery, meQuery, newQueryClient } from "../api/queries";
import type { Catalogue, Me } from "../api/types";
import { LoginPage } from "../pages/login/LoginPage";
import { Boundary, Loading, RegionError } from "../parts/state/Region";
import { ANTD } from "../theme/antd";
import { cssVariables } from "../theme/tokens";
import { useLocale } from "../words/locale";
import { onSignedOut } from "./session";

const DeskPage = lazy(() =>
  import("../pages/desk/DeskPage").then(({ DeskPage }) => ({ default: DeskPage })),
);
const EditionsPage = lazy(() =>
  import("../pages/editions/EditionsPage").then(({ EditionsPage }) => ({ default: EditionsPage })),
);
const RulesPage = lazy(() =>
  import("../pages/rules/RulesPage").then(({ RulesPage }) => ({ default: RulesPage })),
);
const AssessmentsPage = lazy(() =>
  import("../pages/assessments/AssessmentsPage").then(({ AssessmentsPage }) => ({
    default: AssessmentsPage,
  })),
);
const SettingsPage = lazy(() =>
  import("../pages/settings/SettingsPage").then(({ SettingsPage }) => ({ default: SettingsPage })),
);
const AnswerPage = lazy(() =>
  import("../pages/answer/AnswerPage").then(({ AnswerPage }) => ({ default: AnswerPage })),
);
const PerformancePage = lazy(() =>
  import("../pages/performance/PerformancePage").then(({ PerformancePage }) => ({
    default: PerformancePage,
  })),
);
const MessagesPage = lazy(() =>
  import("../pages/messages/MessagesPage").then(({ MessagesPage }) => ({ default: MessagesPage })),
);
const PartiesPage = lazy(() =>
  import("../pages/parties/PartiesPage").then(({ PartiesPage }) => ({ default: PartiesPage })),
);
const IndicatorsPage = lazy(() =>
  import("../pages/indicators/IndicatorsPage").then(({ IndicatorsPage }) => ({
    default: IndicatorsPage,
  })),
);
const LedgerPage = lazy(() =>
  import("../pages/ledger/LedgerPage").then(({ LedgerPage }) => ({ default: LedgerPage })),
);
const ReportsPage = lazy(() =>
  import("../pages/reports/ReportsPage").then(({ ReportsPage }) => ({ default: ReportsPage })),
);
const HeatPage = lazy(() =>
  import("../pages/heat/HeatPage").then(({ HeatPage }) => ({ default: HeatPage })),
);
const CoveragePage = lazy(() =>
  import("../pages/coverage/CoveragePage").then(({ CoveragePage }) => ({ default: CoveragePage })),
);
const FacilitiesPage = lazy(() =>
  import("../pages/facilities/FacilitiesPage").then(({ FacilitiesPage }) => ({
    default: FacilitiesPage,
  })),
);
const WalkingPage = lazy(() =>
  import("../pages/walking/WalkingPage").then(({ WalkingPage }) => ({ default: WalkingPage })),
);
const SitingPage = lazy(() =>
  import("../pages/siting/SitingPage").then(({ SitingPage }) => ({ default: SitingPage })),
);

export function App() {
  const lang = useLocale((state) => state.lang);
  const { t } = useTranslation();
  const [client] = useState(() => newQueryClient(onSignedOut));
  return (
    <QueryClientProvider client={client}>
      <ConfigProvider
        theme={ANTD}
        locale={lang === "en" ? enUS : zhCN}
        button={{ autoInsertSpace: false }}
      >
        <div className="app" style={cssVariables()}>
          <Boundary what={t("session.title")}>
            <BrowserRouter>
              <Routes>
                <Route path="/" element={<Gate act="case.read" page={DeskPage} />} />
                <Route
                  path="/editions"
                  element={<Gate act="edition.read" page={EditionsPage} />}
                />
                <Route path="/rules" element={<Gate act="rules.read" page={RulesPage} />} />
                <Route
                  path="/performance"
                  element={<Gate act="rates.read" page={PerformancePage} />}
                />
                <Route
                  path="/indicators"
                  element={<Gate act="indicator.read" page={IndicatorsPage} />}
                />
                <Route path="/ledger" element={<Gate act="ledger.read" page={LedgerPage} />} />
                <Route path="/reports" element={<Gate act="circular.read" page={ReportsPage} />} />
                <Route
                  path="/messages"
                  element={<Gate act="message.read" page={MessagesPage} />}
                />
                <Route path="/parties" element={<Gate act="party.read" page={PartiesPage} />} />
                <Route
                  path="/assessments"
                  element={<Gate act="rates.read" page={AssessmentsPage} />}
                />
                <Route
                  path="/settings"
                  element={<Gate act="settings.read" page={SettingsPage} />}
                />
                <Route path="/heat" element={<Gate act="heat.read" page={HeatPage} />} />
                <Route
                  path="/coverage"
                  element={<Gate act="plan.read" page={CoveragePage} />}
                />
                <Route
                  path="/facilities"
                  element={<Gate act="plan.read" page={FacilitiesPage} />}
                />
                <Route path="/walking" element={<Gate act="plan.read" page={WalkingPage} />} />
                <Route path="/siting" element={<Gate act="plan.read" page={SitingPage} />} />
                <Route
                  path="/r/:token"
                  element={
                    <Suspense fallback={<Loading rows={5} />}>
                      <AnswerPage />
                    </Suspense>
                  }
                />
                <Route path="*" element={<NoSuchPage />} />
              </Routes>
            </BrowserRouter>
          </Boundary>
        </div>
      </ConfigProvider>
    </QueryClientProvider>
  );
}

/** What is said to whoever may not see a page. */
const REFUSED = {
  "case.read": "session.noDesk",
  "edition.read": "session.noEditions",
  "rules.read": "session.noRules",
  "rates.read": "session.noPerformance",
  "message.read": "session.noMessages",
  "party.read": "session.noParties",
  "indicator.read": "session.noIndicators",
  "ledger.read": "session.noLedger",
  "heat.read": "session.noHeat",
  "circular.read": "session.noReports",
  "settings.read": "session.noSettings",
  "plan.read": "session.noPlanning",
} as const;

interface GateProps {
  /** What an account must hold to see the page. */
  act: keyof typeof REFUSED;
  page: ComponentType<{ me: Me; catalogue: Catalogue }>;
}

/** Whoever is not logged in sees the login; whoever may not see the page is told so. */
function Gate({ act, page: Page }: GateProps) {
  const { t } = useTranslation();
  const me = useQuery(meQuery());
  const catalogue = useQuery({ ...catalogueQuery(), enabled: Boolean(me.data) });
  const error = me.error ?? catalogue.error;
  if (error) {
    const again = () => void (me.error ? me : catalogue).refetch();
    return (
      <div className="lonely">
        <RegionError error={error} what={t("session.startFailed")} onRetry={again} />
      </div>
    );
  }
  if (me.data === null) return <LoginPage />;
  if (!me.data || !catalogue.data) return <Loading rows={6} />;
  if (!me.data.acts.includes(act)) {
    return <Result status="403" title={t(REFUSED[act])} subTitle={t("session.noDeskNext")} />;
  }
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <Page me={me.data} catalogue={catalogue.data} />
    </Suspense>
  );
}

function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={t("session.noPage")}
      extra={
        <Link to="/">
          <Button type="primary">{t("session.toDesk")}</Button>
        </Link>
      }
    />
  );
}
