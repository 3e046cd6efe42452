import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { handInSites, SITES_FILE } from "../../api/siting";
import { useCanWrite } from "../../live/connection";
import { ThemeFiles } from "../../parts/theme/ThemeFiles";
import { HandIn } from "../../parts/workbook/HandIn";

interface Props {
  placing: boolean;
  onPlacing: (placing: boolean) => void;
}

/** Candidates drawn on the map, handed in and taken out. */
export function SiteActs({ placing, onPlacing }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  return (
    <div className="choices">
      <Button
        type={placing ? "primary" : "default"}
        disabled={!canWrite}
        onClick={() => onPlacing(!placing)}
        data-testid="site-place"
      >
        {t(placing ? "siting.placeStop" : "siting.place")}
      </Button>
      <HandIn
        name="sites"
        title={t("siting.handIn")}
        hint={t("siting.handInHint")}
        failed={t("siting.notSaved")}
        send={handInSites}
        stale={["siting"]}
      >
        {(found) => (
          <p>
            {t("facilities.compared", {
              added: found.added,
              changed: found.changed,
              same: found.same,
            })}
          </p>
        )}
      </HandIn>
      <Button icon={<DownloadOutlined />} href={SITES_FILE}>
        {t("siting.file")}
      </Button>
      <ThemeFiles href="/api/siting/candidates/theme" />
    </div>
  );
}
