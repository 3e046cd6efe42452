import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import type { Me } from "../../api/types";
import { walkingQuery } from "../../api/walking";
import { Page } from "../../parts/page/Page";
import { Found } from "../../parts/state/Found";
import { PlansView } from "./PlansView";
import { WhatIfView } from "./WhatIfView";

const SHOWN = ["plans", "whatIf"] as const;
const EVERY_TYPE = {};

/** What to build where: the best plan beside the greedy one and one's own; what if it stood here. */
export function SitingPage({ me }: { me: Me }) {
  const { t } = useTranslation();
  const [url, setUrl] = useSearchParams();
  const show = SHOWN.find((one) => one === url.get("show")) ?? "plans";
  const walking = useQuery(walkingQuery(EVERY_TYPE));
  return (
    <Page me={me} title={t("siting.title")}>
      <div className="choices">
        <Segmented
          value={show}
          onChange={(value) => setUrl({ show: value }, { replace: true })}
          options={SHOWN.map((value) => ({ value, label: t(`siting.show.${value}`) }))}
          data-testid="siting-show"
        />
      </div>
      <Found query={walking} failed={t("walking.failed")}>
        {({ types }) =>
          show === "plans" ? (
            <PlansView me={me} types={types} />
          ) : (
            <WhatIfView me={me} types={types} />
          )
        }
      </Found>
    </Page>
  );
}
