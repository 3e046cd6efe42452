import { Button, DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { Catalogue } from "../../api/types";
import { CategoryChoice, OneDepartment, options } from "../../parts/move/choices";
import { UnitChoice } from "../../parts/place/UnitChoice";
import { useSay } from "../../words/locale";
import type { Filters } from "./filters";
import { NO_FILTERS } from "./filters";

interface Props {
  catalogue: Catalogue;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

export function MoreFilters({ catalogue, filters, onChange }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  return (
    <div className="more-filters">
      <Select
        mode="multiple"
        maxTagCount={2}
        placeholder={t("desk.byStage")}
        value={filters.stage}
        onChange={(stage) => set({ stage })}
        options={options(catalogue.stages, say)}
        data-testid="filter-stage"
      />
      <Select
        allowClear
        placeholder={t("desk.byKind")}
        value={filters.kind ?? undefined}
        onChange={(kind?: string) => set({ kind: kind ?? null })}
        options={options(catalogue.kinds, say)}
      />
      <CategoryChoice
        catalogue={catalogue}
        placeholder={t("desk.byCategory")}
        value={filters.category ?? undefined}
        onChange={(category) => set({ category: category ?? null })}
      />
      <OneDepartment
        catalogue={catalogue}
        placeholder={t("desk.byDepartment")}
        value={filters.department ?? undefined}
        onChange={(department) => set({ department: department ?? null })}
      />
      <UnitChoice
        placeholder={t("desk.byUnit")}
        value={filters.unit ?? undefined}
        onChange={(unit) => set({ unit: unit ?? null })}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        placeholder={[t("desk.since"), t("desk.until")]}
        value={[filters.since ? dayjs(filters.since) : null, filters.until ? dayjs(filters.until) : null]}
        onChange={(days) =>
          set({
            since: days?.[0]?.format("YYYY-MM-DD") ?? null,
            until: days?.[1]?.format("YYYY-MM-DD") ?? null,
          })
        }
      />
      <Button
        size="small"
        onClick={() => onChange({ ...NO_FILTERS, order: filters.order, all: filters.all })}
      >
        {t("desk.clearFilters")}
      </Button>
    </div>
  );
}
