import { Button, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ScheduleLine } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { useSay } from "../../words/locale";
import { ScheduleDialog } from "./ScheduleDialog";

interface Props {
  lines: ScheduleLine[];
  mayChange: boolean;
}

/** When each kind is made by itself; who may, changes it. */
export function Schedule({ lines, mayChange }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite();
  const [changing, setChanging] = useState<ScheduleLine | null>(null);
  return (
    <section aria-label={t("reports.schedule")} data-testid="schedule">
      <h2>{t("reports.schedule")}</h2>
      <Table<ScheduleLine>
        size="small"
        rowKey="kind"
        dataSource={lines}
        pagination={false}
        columns={[
          { title: t("reports.kind"), render: (_, row) => say(row.name) },
          {
            title: t("reports.when"),
            render: (_, row) =>
              t(`reports.after.${row.length}`, { day: row.day, at: row.at.slice(0, 5) }),
          },
          { title: t("reports.since"), className: "figure", render: (_, row) => row.since ?? "—" },
          {
            title: t("reports.state"),
            render: (_, row) => (
              <Tag>{row.active ? t("reports.active") : t("reports.inactive")}</Tag>
            ),
          },
          {
            title: t("reports.changedBy"),
            render: (_, row) => row.changed_by ?? t("reports.shipped"),
          },
          ...(mayChange
            ? [
                {
                  title: "",
                  render: (_: unknown, row: ScheduleLine) => (
                    <Button
                      size="small"
                      disabled={!canWrite}
                      onClick={() => setChanging(row)}
                      data-testid={`change-${row.kind}`}
                    >
                      {t("reports.change")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changing && <ScheduleDialog line={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}
