import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { countedFile, countedQuery } from "../../api/rates";
import type { Catalogue, CountedCase, RateQuestion } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  code: string;
  asked: RateQuestion;
  catalogue: Catalogue;
}

/** The cases that a figure was counted from, and those left out with the reason. */
export function Counted({ code, asked, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const listed = useQuery(countedQuery(code, asked));
  const named = (department: string | null) =>
    say(catalogue.departments.find((one) => one.code === department)?.name);
  const timed = listed.data?.items.some((item) => item.hours !== null) ?? false;
  const parts = (["numerator", "denominator", "excluded"] as const).map((part) => ({
    text: t(`performance.part.${part}`),
    value: part,
  }));
  return (
    <section className="counted" aria-label={t("performance.cases")} data-testid="counted">
      <Refreshing when={listed.isRefetching} />
      {listed.error && (
        <RegionError
          error={listed.error}
          what={t("performance.listFailed")}
          onRetry={() => void listed.refetch()}
        />
      )}
      {listed.isPending && <Loading rows={8} />}
      {listed.data && (
        <>
          <header>
            <h2>{say(listed.data.name)}</h2>
            <a href={countedFile(code, asked)} download>
              <DownloadOutlined aria-hidden /> {t("performance.download")}
            </a>
          </header>
          <Table<CountedCase>
            size="small"
            rowKey={(row) => `${row.case_no}/${row.department}/${row.part}`}
            dataSource={listed.data.items}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description={t("performance.none")} /> }}
            columns={[
              {
                title: t("performance.case"),
                render: (_, row) => <Link to={`/?case=${row.case_no}`}>{row.case_no}</Link>,
              },
              { title: t("performance.department"), render: (_, row) => named(row.department) },
              timed
                ? {
                    title: t("performance.hours"),
                    className: "figure",
                    sorter: (a, b) => (a.hours ?? 0) - (b.hours ?? 0),
                    render: (_, row) => format.number(row.hours, 1),
                  }
                : {
                    title: t("performance.counts"),
                    filters: parts,
                    onFilter: (value, row) => row.part === value,
                    render: (_, row) =>
                      row.reason_name
                        ? t("performance.leftOut", { reason: say(row.reason_name) })
                        : t(`performance.part.${row.part}`),
                  },
            ]}
          />
        </>
      )}
    </section>
  );
}
