import { useQuery } from "@tanstack/react-query";
import { DatePicker, InputNumber, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { Me, Walking } from "../../api/types";
import { EVERY_COUNTED, walkFiles, walkingQuery } from "../../api/walking";
import { Page } from "../../parts/page/Page";
import { Found } from "../../parts/state/Found";
import { ThemeFiles } from "../../parts/theme/ThemeFiles";
import { useSay } from "../../words/locale";
import { Basis } from "./Basis";
import { Themed } from "./Themed";
import { Types } from "./Types";
import { Unserved } from "./Unserved";
import type { Shown, WalkingUrl } from "./useWalkingUrl";
import { LEVELS, SHOWN, useWalkingUrl } from "./useWalkingUrl";

const MOST_MINUTES = 120;

/** Who reaches which facility on foot in time, who does not, and how crowded it would be. */
export function WalkingPage({ me }: { me: Me }) {
  const { t } = useTranslation();
  const url = useWalkingUrl();
  const found = useQuery(walkingQuery(url.question));
  return (
    <Page me={me} title={t("walking.title")}>
      <Found query={found} failed={t("walking.failed")}>
        {(walking) => <Asked me={me} url={url} walking={walking} />}
      </Found>
    </Page>
  );
}

interface Props {
  me: Me;
  url: WalkingUrl;
  walking: Walking;
}

function Asked({ me, url, walking }: Props) {
  const { show, level, question } = url;
  // Until somebody chooses, the type with the most facilities.
  const [most] = [...walking.types].sort((one, other) => other.open - one.open);
  const all = url.type === EVERY_COUNTED && show !== "pressure";
  const type = (all ? null : url.type) ?? most?.type ?? "";
  const asked = { ...question, type };
  return (
    <>
      <Choices url={url} walking={walking} type={type} />
      <Basis walking={walking} mayWrite={me.acts.includes("plan.write")} />
      {show === "types" && (
        <Types walking={walking} onPick={(type) => url.change({ type, show: "reach" })} />
      )}
      {show === "unserved" && (
        <Unserved key={JSON.stringify(asked)} me={me} asked={asked} level={level} />
      )}
      {(show === "reach" || show === "catchments" || show === "pressure") && (
        <Themed key={show} me={me} asked={{ ...asked, what: show, level }} />
      )}
    </>
  );
}

function Choices({ url, walking, type }: Omit<Props, "me"> & { type: string }) {
  const { t } = useTranslation();
  const say = useSay();
  const { show, level, question, change } = url;
  const files = {
    reach: walkFiles("reach", { ...question, type, level }),
    pressure: walkFiles("pressure", { ...question, type, level }),
    catchments: walkFiles("catchments", { ...question, type }),
    unserved: walkFiles("unserved/theme", { ...question, type }),
    types: null,
  }[show];
  return (
    <div className="choices">
      <Segmented<Shown>
        value={show}
        onChange={(value) => change({ show: value })}
        options={SHOWN.map((value) => ({ value, label: t(`walking.show.${value}`) }))}
        data-testid="walking-show"
      />
      {show !== "types" && (
        <Select
          aria-label={t("walking.type")}
          value={type}
          onChange={(value) => change({ type: value })}
          options={[
            ...(show === "pressure" ? [{ value: EVERY_COUNTED, label: t("walking.counted") }] : []),
            ...walking.types.map((one) => ({
              value: one.type,
              label: `${say(one.name)} (${one.open})`,
            })),
          ]}
          showSearch={{ optionFilterProp: "label" }}
          style={{ minWidth: 220 }}
          data-testid="walking-type"
        />
      )}
      {(show === "reach" || show === "pressure" || show === "unserved") && (
        <Select
          aria-label={t("coverage.level")}
          value={level}
          onChange={(value) => change({ level: String(value) })}
          options={LEVELS.map((value) => ({ value, label: t(`coverage.levels.${value}`) }))}
        />
      )}
      <InputNumber
        aria-label={t("walking.minutes")}
        min={1}
        max={MOST_MINUTES}
        value={question.minutes ?? walking.minutes}
        onChange={(value) => change({ minutes: value ? String(value) : "" })}
        suffix={t("walking.minutesShort")}
        style={{ width: 110 }}
        changeOnWheel={false}
        data-testid="walking-minutes"
      />
      <DatePicker
        aria-label={t("coverage.day")}
        placeholder={t("coverage.today")}
        value={question.day ? dayjs(question.day) : null}
        onChange={(value) => change({ day: value?.format("YYYY-MM-DD") ?? "" })}
      />
      {files && <ThemeFiles href={files} />}
    </div>
  );
}
