import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { PARTIES_FILE } from "../../api/parties";
import type { Catalogue, Me } from "../../api/types";
import { Frame } from "../../parts/session/Frame";
import { Departments } from "./Departments";
import { HandInParties } from "./HandIn";
import { People } from "./People";
import "./parties.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

const SECTIONS = ["departments", "people"] as const;

/** Who there is: departments with their successors, and the people who hold posts. */
export function PartiesPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  const [url, setUrl] = useSearchParams();
  const section = url.get("section") === "people" ? "people" : "departments";
  const department = url.get("department");
  const go = (values: Record<string, string>) => setUrl(values, { replace: true });
  const may = me.acts.includes("party.write");
  return (
    <Frame
      me={me}
      what={t("session.parties")}
      bar={
        <Segmented
          value={section}
          onChange={(chosen) => go({ section: chosen })}
          options={SECTIONS.map((value) => ({ value, label: t(`parties.section.${value}`) }))}
        />
      }
    >
      <div className="frame-acts">
        <p className="quiet">{t("parties.hint")}</p>
        <span className="between" />
        <a href={PARTIES_FILE} download data-testid="parties-file">
          {t("parties.download")}
        </a>
        {may && <HandInParties />}
      </div>
      {section === "departments" ? (
        <Departments onPeople={(code) => go({ section: "people", department: code })} />
      ) : (
        <People
          key={department}
          catalogue={catalogue}
          department={department}
          may={may}
          onDepartment={(code) => go(code ? { section, department: code } : { section })}
        />
      )}
    </Frame>
  );
}
