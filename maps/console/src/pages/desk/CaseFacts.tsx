import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { CaseOut, Catalogue } from "../../api/types";
import { Deadline } from "../../parts/case/Deadline";
import { StageSteps } from "../../parts/case/StageSteps";
import { Timeline } from "../../parts/case/Timeline";
import { Why } from "../../parts/case/Why";
import { Asks } from "../../parts/clock/Asks";
import { Clocks } from "../../parts/clock/Clocks";
import { Departments, OwnerLine } from "../../parts/party/Parties";
import { Photos } from "../../parts/photo/Photos";
import { SameMatter } from "./Likely";
import { ChainPath } from "../../parts/place/ChainPath";
import { LocationLine } from "../../parts/place/LocationLine";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  found: CaseOut;
  catalogue: Catalogue;
  onUnit: (code: string) => void;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface StandingProps {
  found: CaseOut;
  named: (list: string, code: string) => string;
}

/** Who was made responsible within the street, and what the centre thinks of how it goes. */
function Standing({ found, named }: StandingProps) {
  const { t } = useTranslation();
  const answers = [found.leader, found.section].filter(Boolean).join(" · ");
  return (
    <>
      {found.supervision && (
        <Fact label={t("case.supervision")}>{named("supervision", found.supervision)}</Fact>
      )}
      {found.fault && <Fact label={t("case.fault")}>{named("whistle_fault", found.fault)}</Fact>}
      {answers && <Fact label={t("case.answers")}>{answers}</Fact>}
      {found.leaders.length > 0 && (
        <Fact label={t("case.leaders")}>
          {found.leaders
            .map(({ name, came }) => t(came ? "case.leaderCame" : "case.leaderAwaited", { name }))
            .join(t("state.comma"))}
        </Fact>
      )}
    </>
  );
}

/** The two owners, which of them is first, and on what terms a community assists. */
function Owners({ found }: { found: CaseOut }) {
  const { t } = useTranslation();
  const called = found.departments.some((party) => party.called_at);
  return (
    <>
      <Fact label={t("case.owner")}>
        <OwnerLine owner={found.territorial_owner} />
      </Fact>
      <Fact label={t("case.departments")}>
        <Departments departments={found.departments} called={called} />
      </Fact>
      {found.first_owner && (
        <Fact label={t("case.firstOwner")}>{t(`case.first.${found.first_owner}`)}</Fact>
      )}
      {found.conditions && <Fact label={t("case.conditions")}>{found.conditions}</Fact>}
    </>
  );
}

/** Everything that is known of a case, what must be done first on top. */
export function CaseFacts({ found, catalogue, onUnit }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const manual = catalogue.manual_reasons.find((one) => one.code === found.manual);
  const mode = catalogue.modes.find((one) => one.code === found.mode);
  const named = (list: string, code: string) =>
    say(catalogue.lists[list]?.find((one) => one.code === code)?.name);
  return (
    <>
      <StageSteps stages={catalogue.stages} stage={found.stage} />
      {found.manual && (
        <p className="manual-note" data-testid="manual-note">
          <b>{t("desk.manual")}</b> {say(manual?.name)}
        </p>
      )}
      <p className="case-text">{found.text}</p>
      <SameMatter found={found} />
      <dl className="facts">
        <Fact label={t("case.category")}>
          {say(found.category?.name) || <span className="quiet">{t("case.noCategory")}</span>}
        </Fact>
        {mode && <Fact label={t("case.mode")}>{say(mode.name)}</Fact>}
        <Fact label={t("case.due")}>
          {format.stamp(found.due_at)} <Deadline due={found.due_at} closed={found.closed_at} />
          {found.hung_up_at && (
            <span className="hung-up"> {t("case.hungUp", { at: format.stamp(found.hung_up_at) })}</span>
          )}
        </Fact>
        <Standing found={found} named={named} />
        <Fact label={t("case.opened")}>{format.stamp(found.opened_at)}</Fact>
        {found.closed_at && <Fact label={t("case.closed")}>{format.stamp(found.closed_at)}</Fact>}
        {found.score !== null && <Fact label={t("case.score")}>{found.score}</Fact>}
        <Fact label={t("case.chain")}>
          {found.chain.length > 0 ? (
            <ChainPath chain={found.chain} onUnit={onUnit} />
          ) : (
            <span className="quiet">{t("case.noChain")}</span>
          )}
        </Fact>
        <Fact label={t("case.place")}>
          <LocationLine place={found.location} />
        </Fact>
        <Owners found={found} />
      </dl>
      {found.clocks.length > 0 && (
        <>
          <h3>{t("case.clocks")}</h3>
          <Clocks clocks={found.clocks} catalogue={catalogue} />
        </>
      )}
      {found.asks.length > 0 && (
        <>
          <h3>{t("case.asks")}</h3>
          <Asks asks={found.asks} catalogue={catalogue} />
        </>
      )}
      {found.photos.length > 0 && (
        <>
          <h3>{t("case.photos", { count: found.photos.length })}</h3>
          <Photos photos={found.photos} />
        </>
      )}
      <h3>{t("case.reports", { count: found.reports.length })}</h3>
      <ul className="plain reports">
        {found.reports.map((report) => {
          const channel = catalogue.channels.find((one) => one.code === report.channel);
          return (
            <li key={report.report_no}>
              <div>{report.text}</div>
              <div className="quiet">
                {format.stamp(report.received_at)} · {say(channel?.name) || report.channel}
                {report.reporter?.name && ` · ${report.reporter.name}`}
                {report.reporter?.phone && ` ${report.reporter.phone}`}
              </div>
            </li>
          );
        })}
      </ul>
      <h3>{t("case.timeline")}</h3>
      <Timeline events={found.timeline} />
      <h3>{t("case.why")}</h3>
      <Why why={found.why} />
      <p className="quiet">{t("case.judgedBy", { edition: found.edition })}</p>
    </>
  );
}
