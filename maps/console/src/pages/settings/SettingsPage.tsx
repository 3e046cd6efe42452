import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { settingsQuery } from "../../api/settings";
import type { Catalogue, Me, Settings, TimeUnit } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../../parts/session/AppBar";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { Boundary, Loading, RegionError } from "../../parts/state/Region";
import { CalendarSection } from "./CalendarSection";
import { Changes } from "./Changes";
import { FiguresSection } from "./FiguresSection";
import { LimitsSection } from "./LimitsSection";
import { SupervisionSection } from "./SupervisionSection";
import { TryOut } from "./TryOut";
import "./settings.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

const SECTIONS = ["calendar", "limits", "supervision", "figures", "changes"] as const;
type Section = (typeof SECTIONS)[number];

/** What the district sets itself; beside it, when a limit would be due. */
export function SettingsPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const [url, setUrl] = useSearchParams();
  const section = SECTIONS.find((one) => one === url.get("section")) ?? "calendar";
  const found = useQuery(settingsQuery());
  return (
    <div className="settings">
      <AppBar me={me}>
        <Segmented<Section>
          value={section}
          onChange={(next) => setUrl({ section: next }, { replace: true })}
          options={SECTIONS.map((value) => ({ value, label: t(`settings.section.${value}`) }))}
        />
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main className="settings-main">
        {found.error && (
          <RegionError
            error={found.error}
            what={t("settings.failed")}
            onRetry={() => void found.refetch()}
          />
        )}
        {found.isPending && <Loading rows={8} />}
        {found.data && <Sections section={section} found={found.data} catalogue={catalogue} />}
      </main>
      <StatusLine me={me} />
    </div>
  );
}

interface SectionsProps {
  section: Section;
  found: Settings;
  catalogue: Catalogue;
}

function Sections({ section, found, catalogue }: SectionsProps) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<{ amount: number; unit: TimeUnit }>({
    amount: 1,
    unit: "working_day",
  });
  return (
    <>
      <div className="settings-part">
        {!found.may_change && <p className="quiet">{t("settings.readOnly")}</p>}
        <Boundary key={section} what={t(`settings.section.${section}`)}>
          {section === "calendar" && <CalendarSection found={found} />}
          {section === "limits" && (
            <LimitsSection found={found} catalogue={catalogue} onTry={setTried} />
          )}
          {section === "supervision" && <SupervisionSection found={found} catalogue={catalogue} />}
          {section === "figures" && <FiguresSection found={found} />}
          {section === "changes" && <Changes />}
        </Boundary>
      </div>
      <div className="settings-part aside">
        <Boundary what={t("settings.try")}>
          <TryOut found={found} asked={tried} onChange={setTried} />
        </Boundary>
      </div>
    </>
  );
}
