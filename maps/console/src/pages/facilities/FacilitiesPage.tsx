import { DownloadOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import {
  FACILITIES_FILE,
  facilityFiles,
  facilityMapQuery,
  handInFacilities,
} from "../../api/planning";
import type { Catalogue, Me } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Page } from "../../parts/page/Page";
import { Loading, RegionError } from "../../parts/state/Region";
import { ThemeFiles } from "../../parts/theme/ThemeFiles";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { HandIn } from "../../parts/workbook/HandIn";
import { FacilityDialog } from "./FacilityDialog";
import { FacilityList } from "./FacilityList";
import { Filters } from "./Filters";
import { TypesDialog } from "./TypesDialog";
import { useFacilitiesUrl } from "./useFacilitiesUrl";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** Places that serve residents: what they are, whom they serve, and since when. */
export function FacilitiesPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const url = useFacilitiesUrl();
  const [open, setOpen] = useState<string | null>(null);
  const [types, setTypes] = useState(false);
  const map = useQuery(facilityMapQuery(url.narrowed));
  const mayWrite = me.acts.includes("facility.write");
  const pick = (no: number | null) => {
    const code = no === null ? undefined : map.data?.features.features[no]?.properties.code;
    if (typeof code === "string") setOpen(code);
  };
  return (
    <Page me={me} title={t("facilities.title")}>
      <div className="choices">
        <Filters url={url} catalogue={catalogue} />
        {mayWrite && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            disabled={!canWrite}
            onClick={() => setOpen("")}
            data-testid="facility-add"
          >
            {t("facilities.add")}
          </Button>
        )}
        {mayWrite && (
          <HandIn
            name="facilities"
            title={t("facilities.handIn")}
            hint={t("facilities.handInHint")}
            failed={t("facilities.notSaved")}
            send={handInFacilities}
            stale={["facilities", "coverage"]}
          >
            {(found) => (
              <>
                <p>
                  {t("facilities.compared", {
                    added: found.added,
                    changed: found.changed,
                    same: found.same,
                  })}
                </p>
                <ul className="faults">
                  {found.changes.slice(0, 100).map((change) => (
                    <li key={change.code}>{`${change.code} ${change.name}`}</li>
                  ))}
                </ul>
              </>
            )}
          </HandIn>
        )}
        <Button icon={<DownloadOutlined />} href={FACILITIES_FILE}>
          {t("facilities.file")}
        </Button>
        <ThemeFiles href={facilityFiles(url.narrowed)} />
        <Button onClick={() => setTypes(true)} data-testid="facility-types">
          {t("facilities.types")}
        </Button>
      </div>
      <div className="theme-split">
        {map.isPending && <Loading rows={8} />}
        {map.error && (
          <RegionError
            error={map.error}
            what={t("facilities.failed")}
            onRetry={() => void map.refetch()}
          />
        )}
        {map.data && (
          <ThemeMap
            name="facilities"
            me={me}
            theme={map.data}
            chosen={null}
            onPick={pick}
          />
        )}
        <FacilityList url={url} onOpen={setOpen} />
      </div>
      {open !== null && (
        <FacilityDialog
          key={open}
          code={open || null}
          me={me}
          catalogue={catalogue}
          onClose={() => setOpen(null)}
        />
      )}
      {types && (
        <TypesDialog mayWrite={me.acts.includes("plan.write")} onClose={() => setTypes(false)} />
      )}
    </Page>
  );
}
