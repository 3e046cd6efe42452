import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { scheduleQuery } from "../../api/circulars";
import type { Catalogue, Me } from "../../api/types";
import { Page } from "../../parts/page/Page";
import { Loading, RegionError } from "../../parts/state/Region";
import { Kept } from "./Kept";
import { Make } from "./Make";
import { Schedule } from "./Schedule";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** Documents of a period: make one, those that were kept, and when the next are made. */
export function ReportsPage({ me }: Props) {
  const { t } = useTranslation();
  const lines = useQuery(scheduleQuery());
  return (
    <Page me={me} title={t("reports.title")}>
      {lines.error && (
        <RegionError
          error={lines.error}
          what={t("reports.failed")}
          onRetry={() => void lines.refetch()}
        />
      )}
      {lines.isPending && <Loading rows={4} />}
      {lines.data && me.acts.includes("circular.make") && <Make kinds={lines.data} />}
      <Kept />
      {lines.data && (
        <Schedule lines={lines.data} mayChange={me.acts.includes("circular.schedule")} />
      )}
    </Page>
  );
}
