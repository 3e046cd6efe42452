import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { assessmentsQuery, departmentRatesQuery } from "../../api/rates";
import type { DepartmentRates, RateQuestion } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { share } from "./Figures";

interface Props {
  asked: RateQuestion;
  onChoose: (department: string) => void;
}

/** The departments that were called, side by side. */
export function Departments({ asked, onChoose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const found = useQuery(departmentRatesQuery(asked));
  const assessed = useQuery(assessmentsQuery(asked));
  const result = (row: DepartmentRates) =>
    assessed.data?.results.find((one) => one.department === row.code);
  const first = found.data?.items[0];
  const of = (row: DepartmentRates, code: string) => row.rates.find((rate) => rate.code === code);
  return (
    <section aria-label={t("performance.byDepartment")} data-testid="by-department">
      <h2>{t("performance.byDepartment")}</h2>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("performance.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={6} />}
      {found.data && (
        <Table<DepartmentRates>
          size="small"
          rowKey="code"
          dataSource={found.data.items}
          pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty description={t("performance.none")} /> }}
          columns={[
            {
              title: t("performance.department"),
              render: (_, row) => (
                <button type="button" className="link" onClick={() => onChoose(row.code)}>
                  {say(row.name)}
                </button>
              ),
            },
            {
              title: t("performance.assessment"),
              className: "figure",
              sorter: (a, b) => (result(a)?.points ?? -1) - (result(b)?.points ?? -1),
              render: (_, row) => {
                const its = result(row);
                return (
                  <>
                    {format.number(its?.points, 1)}
                    {its && (
                      <small className="quiet">
                        {" "}
                        {its.counted}
                        {its.small && "*"}
                      </small>
                    )}
                  </>
                );
              },
            },
            ...(first?.rates ?? []).map((rate) => ({
              title: say(rate.name),
              className: "figure",
              sorter: (a: DepartmentRates, b: DepartmentRates) =>
                (of(a, rate.code)?.value ?? -1) - (of(b, rate.code)?.value ?? -1),
              render: (_: unknown, row: DepartmentRates) => {
                const its = of(row, rate.code);
                if (!its || its.value === null) return format.number(null);
                return (
                  <>
                    {share(its.value, format.number)}
                    <small className="quiet">
                      {" "}
                      {its.numerator}/{its.denominator}
                      {its.small && "*"}
                    </small>
                  </>
                );
              },
            })),
          ]}
        />
      )}
      <p className="quiet">{t("performance.smallNote")}</p>
      {assessed.data && (
        <p className="quiet">
          {t("performance.assessmentNote", { share: format.number(assessed.data.share_percent) })}
        </p>
      )}
    </section>
  );
}
