import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { departmentRatesQuery } from "../../api/rates";
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
    </section>
  );
}
