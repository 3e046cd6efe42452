import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { facilityTypesQuery } from "../../api/planning";
import type { Catalogue } from "../../api/types";
import { UnitChoice } from "../../parts/place/UnitChoice";
import { useSay } from "../../words/locale";
import type { FacilitiesUrl } from "./useFacilitiesUrl";

interface Props {
  url: FacilitiesUrl;
  catalogue: Catalogue;
}

const STATES = ["open", "building", "planned", "closed"] as const;

/** Which facilities. */
export function Filters({ url }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const types = useQuery(facilityTypesQuery());
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("facilities.anyType")}
        value={url.of("type")}
        onChange={(value?: string) => url.change("type", value)}
        options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) }))}
        data-testid="facility-type"
      />
      <Select
        allowClear
        placeholder={t("facilities.anyState")}
        value={url.of("state")}
        onChange={(value?: string) => url.change("state", value)}
        options={STATES.map((value) => ({ value, label: t(`facilities.state.${value}`) }))}
      />
      <UnitChoice
        placeholder={t("facilities.anyUnit")}
        value={url.of("unit")}
        onChange={(value) => url.change("unit", value)}
      />
      <Input
        allowClear
        key={url.of("q")}
        defaultValue={url.of("q")}
        placeholder={t("facilities.search")}
        aria-label={t("facilities.search")}
        maxLength={100}
        onPressEnter={(event) => url.change("q", event.currentTarget.value)}
      />
    </>
  );
}
