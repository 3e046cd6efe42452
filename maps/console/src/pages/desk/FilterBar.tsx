import { FilterOutlined, SearchOutlined } from "@ant-design/icons";
import { Badge, Button, ConfigProvider, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue } from "../../api/types";
import { useDesk } from "./deskStore";
import { ActiveFilters } from "./ActiveFilters";
import type { Filters } from "./filters";
import { narrowing } from "./filters";
import { MoreFilters } from "./MoreFilters";

interface Props {
  catalogue: Catalogue;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** Search, the desk's quick views, and the rest of the filters behind one button. */
export function FilterBar({ catalogue, filters, onChange }: Props) {
  const { t } = useTranslation();
  const { filtersShown, set } = useDesk();
  const hidden = narrowing(filters).filter((name) => !["q", "overdue", "manual"].includes(name));
  const quick = (name: "overdue" | "manual") => (
    <Button
      size="small"
      type={filters[name] ? "primary" : "default"}
      ghost={filters[name]}
      aria-pressed={filters[name]}
      onClick={() => onChange({ ...filters, [name]: !filters[name] })}
      data-testid={`filter-${name}`}
    >
      {t(`desk.${name}`)}
    </Button>
  );
  return (
    <div className="filter-bar">
      <div className="row">
        <Input
          key={filters.q}
          id="case-search"
          size="small"
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("desk.searchCases")}
          aria-label={t("desk.searchCases")}
          defaultValue={filters.q}
          allowClear
          maxLength={100}
          onChange={(event) => {
            if (event.target.value === "" && filters.q) onChange({ ...filters, q: "" });
          }}
          onPressEnter={(event) => onChange({ ...filters, q: event.currentTarget.value })}
        />
        <Badge count={hidden.length} size="small" color="#243240">
          <Button
            size="small"
            icon={<FilterOutlined />}
            aria-expanded={filtersShown}
            onClick={() => set({ filtersShown: !filtersShown })}
            data-testid="filters-toggle"
          >
            {t("desk.filters")}
          </Button>
        </Badge>
      </div>
      <div className="row">
        {quick("overdue")}
        {quick("manual")}
        <Select
          size="small"
          className="grow"
          aria-label={t("desk.scope")}
          value={filters.all ? "all" : "open"}
          onChange={(value) => onChange({ ...filters, all: value === "all" })}
          options={[
            { value: "open", label: t("desk.scopeOpen") },
            { value: "all", label: t("desk.scopeAll") },
          ]}
        />
        <Select
          size="small"
          className="grow"
          aria-label={t("desk.order")}
          value={filters.order}
          onChange={(order) => onChange({ ...filters, order })}
          options={[
            { value: "newest", label: t("desk.orderNewest") },
            { value: "due", label: t("desk.orderDue") },
          ]}
        />
      </div>
      <ActiveFilters catalogue={catalogue} filters={filters} onChange={onChange} />
      {filtersShown && (
        <ConfigProvider componentSize="small">
          <MoreFilters catalogue={catalogue} filters={filters} onChange={onChange} />
        </ConfigProvider>
      )}
    </div>
  );
}
