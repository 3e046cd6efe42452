import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../../parts/session/AppBar";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { Boundary } from "../../parts/state/Region";
import { AdmissionSection } from "./AdmissionSection";
import { SECTIONS } from "./choice";
import { TablesSection } from "./TablesSection";
import { useRulesUrl } from "./useRulesUrl";
import "./rules.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** Who answers: the tables of responsibility, and what may be handed to communities. */
export function RulesPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const url = useRulesUrl();
  const sections = SECTIONS.filter((one) => one === "tables" || me.acts.includes("admission.read"));
  return (
    <div className="rules">
      <AppBar me={me}>
        {sections.length > 1 && (
          <Segmented
            value={url.section}
            onChange={url.go}
            options={sections.map((value) => ({ value, label: t(`rules.section.${value}`) }))}
          />
        )}
        <span className="between" />
      </AppBar>
      <StaleBar />
      <Boundary key={url.section} what={t(`rules.section.${url.section}`)}>
        {url.section === "tables" ? (
          <TablesSection me={me} catalogue={catalogue} url={url} />
        ) : (
          <AdmissionSection me={me} catalogue={catalogue} url={url} />
        )}
      </Boundary>
      <StatusLine me={me} />
    </div>
  );
}
