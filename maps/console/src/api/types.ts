/** Names for the generated shapes, so that no other module spells out the schema. */
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type { Words } from "../words/locale";

/** The client reads JSON arrays, so that a box is numbers until somebody has counted them. */
type Boxed<T> = Omit<T, "bounds"> & { bounds: number[] | null };

export type Me = Omit<Schemas["MeOut"], "district"> & {
  district: Boxed<Schemas["MeOut"]["district"]>;
};
export type Catalogue = Schemas["CatalogueOut"];
export type Coded = Schemas["NamedOut"];
export type Move = Schemas["MoveOut"];
export type MoveField = Schemas["FieldOut"];
export type Chain = Schemas["UnitName"];
export type LonLat = Schemas["LonLat"];
export type Place = Schemas["LocationOut"];
export type Owner = Schemas["OwnerOut"];
export type Party = Schemas["CalledOut"];
export type Why = Pick<Schemas["WhyOut"], "rule" | "won" | "text">;
export type ReportIn = Schemas["ReportIn"];
export type Photo = Schemas["PhotoOut"];
export type Receipt = Schemas["ReceiptOut"];
export type CaseRow = Schemas["CaseRow"];
export type CaseOut = Omit<Schemas["CaseOut"], "why"> & { why: Why[] };
export type CaseClock = Schemas["ClockOut"];
export type CaseAsk = Schemas["AskOut"];
export type Offer = Schemas["OfferOut"];
export type Answer = Schemas["AnswerOut"];
export type Judgement = Schemas["FeedbackIn"];
export type CaseEvent = Schemas["EventOut"];
export type CaseReport = Schemas["ReportOut"];
export type CasePage = Schemas["CasePage"];
export type CaseQuestion = NonNullable<operations["listed_api_cases_get"]["parameters"]["query"]>;
export type UnitRow = Boxed<Schemas["UnitOut"]>;
export type FoundPlace = Boxed<Schemas["PlaceOut"]>;
export type Counts = Schemas["CountsOut"];

export type RateQuestion = operations["of_period_api_rates_get"]["parameters"]["query"];
export type Rates = Schemas["RatesOut"];
export type DepartmentRates = Schemas["DepartmentRatesOut"];
export type CountedCase = Schemas["CountedOut"];

/** A themed answer: rows by unit code whose value the style's metadata names. */
export interface Themed {
  items: (Record<string, unknown> & { code: string; name: string })[];
  note: { zh: string; en: string } | null;
}

/** What every theme's features are: a place with its row. */
export interface ThemeFeature {
  geometry: GeoJSON.Geometry;
  properties: Record<string, unknown>;
}
export type Theme = Omit<Schemas["ThemeOut"], "features"> & {
  features: { features: ThemeFeature[] };
};
export type Heat = Omit<Schemas["HeatOut"], "theme" | "sides"> & { theme: Theme; sides: Theme[] };
export type HeatTotals = Schemas["TotalsOut"];
export type HeatMeasure = Schemas["MeasureOut"];
export type HeatAlert = Schemas["AlertOut"];
export type ThemeShade = Schemas["ThemeShade"];
export type ThemeColumn = Schemas["ThemeColumn"];
export type EditionRow = Schemas["EditionRow"];
export type EditionList = Schemas["EditionList"];
export type EditionChange = Schemas["EditionChangeOut"];
export type Edition = Schemas["EditionOut"];
export type Finding = Schemas["FindingFeature"];
export type GridChange = Schemas["ChangeOut"];
export type Comparison = Schemas["ComparisonOut"];
export type Rejudging = Schemas["RejudgeOut"];
export type RejudgedCase = Schemas["RejudgedCase"];
export type Rejudged = Schemas["RejudgedOut"];
export type RuleTable = Schemas["RuleTableOut"];
export type RuleTableList = Schemas["RuleTableList"];
export type RuleRow = Schemas["RuleRowOut"];
export type RuleFindings = Schemas["RuleFindingsOut"];
export type Orphan = Schemas["OrphanOut"];
export type Contradiction = Schemas["ContradictionOut"];
export type Trial = Schemas["TrialOut"];
export type ChangedCase = Schemas["ChangedOut"];
export type Flow = Schemas["FlowOut"];
export type Body = Schemas["BodyRef"];
export type Admission = Schemas["AdmissionRow"];
export type AdmissionWhole = Schemas["AdmissionOut"];
export type AdmissionWish = Schemas["AdmissionIn"];
export type InboxItem = Schemas["InboxItem"];
export type Message = Schemas["MessageOut"];
export type MessageState = "waiting" | "sent" | "dead" | "settled";
export type Channels = Schemas["ChannelsOut"];
export type Endpoint = Schemas["EndpointOut"];
export type EndpointIn = Schemas["EndpointIn"];
export type NoticeRow = Schemas["NoticeRow"];
export type MessageTemplate = Schemas["TemplateOut"];
export type DepartmentRow = Schemas["DepartmentRow"];
export type Person = Schemas["PersonOut"];
export type PersonIn = Schemas["PersonIn"];
export type PartiesIn = Schemas["PartiesIn"];
export type PartiesCompared = Schemas["ComparedOut"];
export type PeopleQuestion = NonNullable<
  operations["people_api_parties_people_get"]["parameters"]["query"]
>;
export type Suggestions = Schemas["SuggestionsOut"];
export type Total = Schemas["TotalOut"];
export type AssessedPart = Schemas["AssessedOut"];
export type Whistle = Schemas["WhistleOut"];
export type Appeal = Schemas["AppealOut"];
export type Objection = Schemas["AppealIn"];
export type ToRate = Schemas["ToRateOut"];
export type Rating = Schemas["RatingIn"];
export type MonthState = Schemas["MonthOut"];
export type Circular = Schemas["CircularOut"];
export type CircularWish = Schemas["CircularIn"];
export type CircularKind = Schemas["CircularKind"];
export type CircularFormat = Schemas["Format"];
export type ScheduleLine = Schemas["ScheduleLineOut"];
export type ScheduleWish = Schemas["ScheduleIn"];
export type LedgerLine = Schemas["LedgerLineOut"];
export type LedgerDepartment = Schemas["LedgerDepartmentOut"];
export type LedgerQuestion = NonNullable<operations["of_cases_api_ledger_get"]["parameters"]["query"]>;
export type Indicator = Schemas["IndicatorOut"];
export type IndicatorValue = Schemas["IndicatorValueOut"];
export type IndicatorWish = Schemas["IndicatorIn"];
export type Settings = Schemas["SettingsOut"];
export type DayRow = Schemas["DayRow"];
export type HoursRow = Schemas["HoursRow"];
export type LimitRow = Schemas["LimitRow"];
export type SupervisionRow = Schemas["SupervisionRow"];
export type PrecedenceRow = Schemas["PrecedenceRow"];
export type SettingRow = Schemas["SettingOut"];
export type DueDrawn = Schemas["DueOut"];
export type TimeUnit = Schemas["TimeUnit"];

export type FacilityRow = Schemas["FacilityRow"];
export type FacilityPeriod = Schemas["PeriodIn"];
export type FacilityOne = Schemas["FacilityOut"];
export type FacilityWish = Schemas["FacilityChangeIn"];
export type FacilitiesIn = Schemas["FacilitiesIn"];
export type FacilitiesCompared = Schemas["FacilitiesCompared"];
export type FacilityKind = Schemas["FacilityTypeOut"];
export type FacilityQuestion = NonNullable<
  operations["listed_api_facilities_get"]["parameters"]["query"]
>;
export type StandardRow = Schemas["StandardOut"];
export type Walking = Schemas["WalkingOut"];
export type WalkType = Schemas["WalkTypeOut"];
export type WalkNetwork = Schemas["WalkNetworkOut"];
export type UnservedList = Schemas["UnservedListOut"];
export type UnservedHome = Schemas["UnservedOut"];
export type Site = Schemas["SiteOut"];
export type SiteWish = Schemas["SiteIn"];
export type SitingWish = Schemas["SitingWishIn"];
export type SitingPlan = Schemas["SitingPlanOut"];
export type SitingAnswer = Omit<Schemas["SitingAnswerOut"], "theme"> & { theme: Theme };
export type WhatIf = Schemas["WhatIfIn"];
export type Effect = Omit<Schemas["WhatIfOut"], "theme"> & { theme: Theme | null };
