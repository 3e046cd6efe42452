import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import enAnswer from "./en/answer.json";
import enAssessments from "./en/assessments.json";
import enCase from "./en/case.json";
import enCoverage from "./en/coverage.json";
import enDesk from "./en/desk.json";
import enEditions from "./en/editions.json";
import enFacilities from "./en/facilities.json";
import enHeat from "./en/heat.json";
import enIndicators from "./en/indicators.json";
import enLedger from "./en/ledger.json";
import enMap from "./en/map.json";
import enMessages from "./en/messages.json";
import enParties from "./en/parties.json";
import enPerformance from "./en/performance.json";
import enReport from "./en/report.json";
import enReports from "./en/reports.json";
import enRules from "./en/rules.json";
import enSession from "./en/session.json";
import enSettings from "./en/settings.json";
import enSiting from "./en/siting.json";
import enState from "./en/state.json";
import enTheme from "./en/theme.json";
import enWalking from "./en/walking.json";
import { useLocale } from "./locale";
import zhAnswer from "./zh-CN/answer.json";
import zhAssessments from "./zh-CN/assessments.json";
import zhCase from "./zh-CN/case.json";
import zhCoverage from "./zh-CN/coverage.json";
import zhDesk from "./zh-CN/desk.json";
import zhEditions from "./zh-CN/editions.json";
import zhFacilities from "./zh-CN/facilities.json";
import zhHeat from "./zh-CN/heat.json";
import zhIndicators from "./zh-CN/indicators.json";
import zhLedger from "./zh-CN/ledger.json";
import zhMap from "./zh-CN/map.json";
import zhMessages from "./zh-CN/messages.json";
import zhParties from "./zh-CN/parties.json";
import zhPerformance from "./zh-CN/performance.json";
import zhReport from "./zh-CN/report.json";
import zhReports from "./zh-CN/reports.json";
import zhRules from "./zh-CN/rules.json";
import zhSession from "./zh-CN/session.json";
import zhSettings from "./zh-CN/settings.json";
import zhSiting from "./zh-CN/siting.json";
import zhState from "./zh-CN/state.json";
import zhTheme from "./zh-CN/theme.json";
import zhWalking from "./zh-CN/walking.json";

function show(lang: string): void {
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  document.title = i18next.t("session.title");
}

export const RESOURCES = {
  zh: {
    answer: zhAnswer,
    assessments: zhAssessments,
    case: zhCase,
    coverage: zhCoverage,
    desk: zhDesk,
    editions: zhEditions,
    facilities: zhFacilities,
    heat: zhHeat,
    indicators: zhIndicators,
    ledger: zhLedger,
    map: zhMap,
    messages: zhMessages,
    parties: zhParties,
    performance: zhPerformance,
    report: zhReport,
    reports: zhReports,
    rules: zhRules,
    session: zhSession,
    settings: zhSettings,
    siting: zhSiting,
    state: zhState,
    theme: zhTheme,
    walking: zhWalking,
  },
  en: {
    answer: enAnswer,
    assessments: enAssessments,
    case: enCase,
    coverage: enCoverage,
    desk: enDesk,
    editions: enEditions,
    facilities: enFacilities,
    heat: enHeat,
    indicators: enIndicators,
    ledger: enLedger,
    map: enMap,
    messages: enMessages,
    parties: enParties,
    performance: enPerformance,
    report: enReport,
    reports: enReports,
    rules: enRules,
    session: enSession,
    settings: enSettings,
    siting: enSiting,
    state: enState,
    theme: enTheme,
    walking: enWalking,
  },
};

export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: useLocale.getState().lang,
    fallbackLng: "zh",
    defaultNS: "words",
    resources: { zh: { words: RESOURCES.zh }, en: { words: RESOURCES.en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  show(useLocale.getState().lang);
  useLocale.subscribe((state) => {
    if (state.lang === i18next.language) return;
    void i18next.changeLanguage(state.lang).then(() => show(state.lang));
  });
}
