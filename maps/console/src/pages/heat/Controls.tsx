import { DatePicker, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { Catalogue, HeatMeasure } from "../../api/types";
import { CategoryChoice, OneDepartment, options } from "../../parts/move/choices";
import { UnitChoice } from "../../parts/place/UnitChoice";
import { useSay } from "../../words/locale";
import type { HeatUrl } from "./useHeatUrl";
import { AGAINST, BYS, VIEWS } from "./useHeatUrl";

interface Props {
  url: HeatUrl;
  catalogue: Catalogue;
  measures: readonly HeatMeasure[];
}

/** What is shown, of when, and of which cases. */
export function Controls({ url, catalogue, measures }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const fitting = measures.filter(
    (one) => !one.units_only || (url.view === "map" && "level" in url.heat),
  );
  return (
    <>
      <div className="choices">
        <Segmented
          value={url.view}
          onChange={(view) => url.change({ view })}
          options={VIEWS.map((value) => ({ value, label: t(`heat.view.${value}`) }))}
          data-testid="heat-view"
        />
        {url.view !== "course" && (
          <Select
            aria-label={t("heat.measure")}
            value={url.measure}
            onChange={(measure) => url.change({ measure })}
            options={fitting.map((one) => ({ value: one.code, label: say(one.title) }))}
            popupMatchSelectWidth={false}
            data-testid="heat-measure"
          />
        )}
        {url.view === "map" && (
          <Select
            aria-label={t("heat.by")}
            value={url.by}
            onChange={(by) => url.change({ by })}
            options={BYS.map((value) => ({ value, label: t(`heat.bys.${value}`) }))}
            data-testid="heat-by"
          />
        )}
        {(url.view !== "map" || url.by === "hexagon") && (
          <Select
            aria-label={t("heat.size")}
            value={url.size}
            onChange={(size) => url.change({ size: String(size) })}
            options={([7, 8, 9] as const).map((value) => ({
              value,
              label: t(`heat.sizes.${value}`),
            }))}
          />
        )}
        {url.view === "spots" && url.measure === "count" && (
          <Segmented
            value={url.perHouseholds ? "households" : "none"}
            onChange={(per) => url.change({ per })}
            options={(["households", "none"] as const).map((value) => ({
              value,
              label: t(`heat.per.${value}`),
            }))}
            data-testid="heat-per"
          />
        )}
        <DatePicker.RangePicker
          aria-label={t("heat.period")}
          allowClear={false}
          value={[dayjs(url.first), dayjs(url.last)]}
          onChange={(days) =>
            url.change({
              since: days?.[0]?.format("YYYY-MM-DD"),
              until: days?.[1]?.format("YYYY-MM-DD"),
            })
          }
        />
        {url.view === "map" && (
          <Select
            aria-label={t("heat.compare")}
            value={url.against}
            onChange={(against) => url.change({ against })}
            options={AGAINST.map((value) => ({ value, label: t(`heat.against.${value}`) }))}
            data-testid="heat-against"
          />
        )}
        {url.view === "map" && url.against !== "none" && (
          <Segmented
            value={url.beside ? "beside" : "difference"}
            onChange={(show) => url.change({ show })}
            options={[
              { value: "beside", label: t("heat.beside") },
              { value: "difference", label: t("heat.difference") },
            ]}
            data-testid="heat-show"
          />
        )}
      </div>
      <div className="choices">
        <OneDepartment
          catalogue={catalogue}
          value={url.of("department")}
          onChange={(department) => url.change({ department })}
          placeholder={t("heat.anyDepartment")}
        />
        <Select
          allowClear
          placeholder={t("heat.anyKind")}
          value={url.of("kind")}
          onChange={(kind?: string) => url.change({ kind })}
          options={options(catalogue.kinds, say)}
        />
        <CategoryChoice
          catalogue={catalogue}
          value={url.of("category")}
          onChange={(category) => url.change({ category })}
          placeholder={t("heat.anyCategory")}
        />
        <UnitChoice
          value={url.of("unit")}
          onChange={(unit) => url.change({ unit })}
          placeholder={t("heat.anyUnit")}
        />
      </div>
    </>
  );
}
