import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { changesQuery } from "../../api/settings";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";

type Row = Record<string, unknown> | null;

/** What differs between two rows, as `name: before → after`. */
export function difference(before: Row, after: Row): string {
  const names = Object.keys(after ?? before ?? {});
  const say = (value: unknown) => (value === null || value === "" ? "—" : JSON.stringify(value));
  return names
    .filter((name) => before?.[name] !== after?.[name])
    .map((name) => {
      if (!before) return `${name}: ${say(after?.[name])}`;
      if (!after) return `${name}: ${say(before[name])}`;
      return `${name}: ${say(before[name])} → ${say(after[name])}`;
    })
    .join("，");
}

/** Who changed what and when; nothing of it is ever changed. */
export function Changes() {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useQuery(changesQuery());
  if (list.error) {
    return (
      <RegionError
        error={list.error}
        what={t("settings.failed")}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (!list.data) return <Loading rows={6} />;
  return (
    <div data-testid="settings-log">
      <Table
        size="small"
        rowKey="no"
        dataSource={list.data.items}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty description={t("settings.noChanges")} /> }}
        columns={[
          { title: t("settings.column.at"), className: "figure", render: (_, one) => format.stamp(one.at) },
          { title: t("settings.column.by"), dataIndex: "by_name" },
          { title: t("settings.column.subject"), render: (_, one) => t(`settings.subject.${one.subject}`) },
          { title: t("settings.column.key"), dataIndex: "key" },
          {
            title: t("settings.column.change"),
            render: (_, one) => (
              <>
                <b>{t(one.before ? (one.after ? "settings.changed" : "settings.gone") : "settings.added")}</b>{" "}
                {difference(one.before, one.after)}
              </>
            ),
          },
          { title: t("settings.column.reason"), dataIndex: "reason" },
        ]}
      />
    </div>
  );
}
