import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { CaseLine } from "./CaseLine";
import { useDesk } from "./deskStore";
import { FilterBar } from "./FilterBar";
import type { Filters } from "./filters";
import { narrowing, NO_FILTERS } from "./filters";
import type { CaseList } from "./useCaseList";

interface Props {
  catalogue: Catalogue;
  filters: Filters;
  onFilters: (filters: Filters) => void;
  list: CaseList;
  caseNo: string | null;
  onOpen: (caseNo: string) => void;
  mayReport: boolean;
  onReport: () => void;
}

/** The left column: what there is to do, by the filters of the address. */
export function WorkList(props: Props) {
  const { catalogue, filters, onFilters, list, caseNo, onOpen, mayReport, onReport } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const cursor = useDesk((state) => state.cursor);
  const canWrite = useCanWrite();
  const total = `${format.number(list.total)}${list.capped ? "+" : ""}`;
  return (
    <section className="work-list" aria-label={t("desk.workList")}>
      <div className="list-head">
        <h2>
          {t("desk.workList")} <small>{list.total === null ? "" : t("desk.total", { total })}</small>
        </h2>
        {mayReport && (
          <Button
            type="primary"
            size="small"
            icon={<PlusOutlined />}
            disabled={!canWrite}
            onClick={onReport}
            data-testid="new-report"
          >
            {t("desk.report")}
          </Button>
        )}
      </div>
      <FilterBar catalogue={catalogue} filters={filters} onChange={onFilters} />
      <Refreshing when={list.refreshing} />
      {list.unseen > 0 && (
        <button type="button" className="new-rows" onClick={list.refresh} data-testid="new-rows">
          {t("desk.newRows", { count: list.unseen })}
        </button>
      )}
      <div className="list-body">
        {list.error !== null && (
          <RegionError error={list.error} what={t("desk.listFailed")} onRetry={list.refresh} />
        )}
        {list.loading && <Loading rows={10} />}
        {list.empty && <Nothing filters={filters} onFilters={onFilters} />}
        <ul className="plain" data-testid="case-list">
          {list.rows.map((row) => (
            <CaseLine
              key={row.case_no}
              row={row}
              catalogue={catalogue}
              open={row.case_no === caseNo}
              underKeys={row.case_no === cursor}
              onOpen={onOpen}
            />
          ))}
        </ul>
        {list.more && (
          <Button block className="load-more" loading={list.loadingMore} onClick={list.loadMore}>
            {t("desk.loadMore")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Nothing({ filters, onFilters }: Pick<Props, "filters" | "onFilters">) {
  const { t } = useTranslation();
  const active = narrowing(filters);
  if (active.length === 0) return <p className="nothing">{t("desk.emptyList")}</p>;
  const names = active.map((name) => t(`desk.filterName.${name}`)).join(t("state.comma"));
  return (
    <div className="nothing">
      <p>{t("desk.emptyFiltered", { names })}</p>
      <Button size="small" onClick={() => onFilters({ ...NO_FILTERS, order: filters.order })}>
        {t("desk.clearFilters")}
      </Button>
    </div>
  );
}
