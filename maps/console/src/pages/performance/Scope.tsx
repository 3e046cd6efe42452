import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue } from "../../api/types";
import { CategoryChoice, OneDepartment, options } from "../../parts/move/choices";
import { UnitChoice } from "../../parts/place/UnitChoice";
import { useSay } from "../../words/locale";
import type { PerformanceUrl } from "./usePerformanceUrl";

interface Props {
  url: PerformanceUrl;
  catalogue: Catalogue;
}

/** Which month, and which part of the work. */
export function Scope({ url, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  return (
    <div className="scope" role="search" aria-label={t("performance.scope")}>
      <Select
        aria-label={t("performance.month")}
        value={url.month}
        onChange={(month) => url.change("month", month)}
        options={url.months.map((month) => ({ value: month, label: month }))}
        data-testid="month"
      />
      <OneDepartment
        catalogue={catalogue}
        value={url.of("department")}
        onChange={(code) => url.change("department", code)}
        placeholder={t("performance.anyDepartment")}
      />
      <Select
        allowClear
        placeholder={t("performance.anyKind")}
        value={url.of("kind")}
        onChange={(kind?: string) => url.change("kind", kind)}
        options={options(catalogue.kinds, say)}
      />
      <UnitChoice
        value={url.of("unit")}
        onChange={(code) => url.change("unit", code)}
        placeholder={t("performance.anyUnit")}
      />
      <CategoryChoice
        catalogue={catalogue}
        value={url.of("category")}
        onChange={(code) => url.change("category", code)}
        placeholder={t("performance.anyCategory")}
      />
    </div>
  );
}
