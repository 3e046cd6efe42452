import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../../parts/session/AppBar";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { Boundary } from "../../parts/state/Region";
import { AppealsSection } from "./AppealsSection";
import { MonthSection } from "./MonthSection";
import { RateSection } from "./RateSection";
import type { Section } from "./useAssessmentsUrl";
import { SECTIONS, useAssessmentsUrl } from "./useAssessmentsUrl";
import { YearSection } from "./YearSection";
import "./assessments.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** One whistle, one assessment, both ways: months, years, appeals, and whistles to be rated. */
export function AssessmentsPage({ me }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const url = useAssessmentsUrl();
  const sections = SECTIONS.filter((one) => one !== "rate" || me.acts.includes("assessment.rate"));
  return (
    <div className="assessments">
      <AppBar me={me}>
        <Segmented<Section>
          value={url.section}
          onChange={(section) => url.change("section", section)}
          options={sections.map((value) => ({ value, label: t(`assessments.section.${value}`) }))}
        />
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main className="assessments-main">
        <Boundary key={url.section} what={t(`assessments.section.${url.section}`)}>
          {url.section === "month" && <MonthSection me={me} url={url} />}
          {url.section === "year" && <YearSection url={url} />}
          {url.section === "appeals" && <AppealsSection me={me} />}
          {url.section === "rate" && <RateSection />}
        </Boundary>
      </main>
      <StatusLine me={me} />
    </div>
  );
}
