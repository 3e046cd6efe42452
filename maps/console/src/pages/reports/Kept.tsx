import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { circularsQuery, keptFile } from "../../api/circulars";
import type { Circular } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

/** The documents that were kept, each as it was made. */
export function Kept() {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const listed = useQuery(circularsQuery());
  return (
    <section aria-label={t("reports.keptTitle")} data-testid="kept">
      <h2>{t("reports.keptTitle")}</h2>
      <Refreshing when={listed.isRefetching} />
      {listed.error && (
        <RegionError
          error={listed.error}
          what={t("reports.failed")}
          onRetry={() => void listed.refetch()}
        />
      )}
      {listed.isPending && <Loading rows={4} />}
      {listed.data && (
        <Table<Circular>
          size="small"
          rowKey="no"
          dataSource={listed.data}
          pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty description={t("reports.nothingKept")} /> }}
          columns={[
            { title: t("reports.kind"), render: (_, row) => say(row.name) },
            { title: t("reports.period"), render: (_, row) => say(row.span_name) },
            { title: t("reports.document"), dataIndex: "title" },
            {
              title: t("reports.madeAt"),
              className: "figure",
              render: (_, row) => format.stamp(row.made_at),
            },
            {
              title: t("reports.madeBy"),
              render: (_, row) => row.made_by ?? t("reports.bySchedule"),
            },
            {
              title: t("reports.files"),
              render: (_, row) => (
                <span className="files">
                  {row.files.map((file) => (
                    <a
                      key={file.format}
                      href={keptFile(row.no, file.format)}
                      download
                      title={`SHA-256 ${file.sha256}`}
                    >
                      {file.format.toUpperCase()}
                    </a>
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
