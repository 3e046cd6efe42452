import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { channelsQuery, saveNotices } from "../../api/messages";
import type { Catalogue, Channels, NoticeRow } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useLocale, useSay } from "../../words/locale";

interface Props {
  held: Channels;
  catalogue: Catalogue;
}

const CHANNELS = ["inbox", "email", "sms", "robot"] as const;
type Line = NoticeRow & { key: number };

const bare = ({ event, whistle_kind, post, channel, template }: Line): NoticeRow => ({
  event,
  whistle_kind,
  post,
  channel,
  template,
});

/** Who is told of what by which channel: rows that may be changed, and given back. */
export function NoticesTab({ held, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const lang = useLocale((state) => state.lang);
  const client = useQueryClient();
  const may = useCanWrite() && held.may_write;
  const [draft, setDraft] = useState<Line[] | null>(null);
  const saving = useMutation({
    mutationFn: saveNotices,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      setDraft(null);
    },
  });
  const rows = draft ?? held.notices.map((row, key) => ({ ...row, key }));
  const set = (key: number, change: Partial<NoticeRow>) =>
    setDraft(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  const add = () =>
    setDraft([
      { event: "received", post: null, whistle_kind: null, channel: "inbox", template: "received", key: Date.now() },
      ...rows,
    ]);
  const eventName = (code: string) =>
    say(catalogue.moves.find((move) => move.code === code)?.name) || t(`messages.events.${code}`);
  const posts = [
    { value: "", label: t("messages.namedPost") },
    ...(catalogue.posts).map((row) => ({ value: row.code, label: say(row.name) })),
  ];
  const templates = held.templates
    .filter((row) => row.language === lang)
    .map((row) => ({ value: row.code, label: row.subject }));
  const choice = (name: keyof NoticeRow, options: { value: string; label: string }[]) => {
    const shown = (row: Line) => (
      <Select
        size="small"
        className="cell"
        aria-label={t(`messages.${name}`)}
        disabled={!may}
        value={row[name] ?? ""}
        onChange={(value: string) => set(row.key, { [name]: value || null })}
        options={options}
      />
    );
    return { title: t(`messages.${name}`), render: (_: unknown, row: Line) => shown(row) };
  };
  return (
    <div data-testid="notices">
      <p className="quiet">{t(held.own_notices ? "messages.noticesOwn" : "messages.noticesOurs")}</p>
      {held.may_write && (
        <div className="frame-acts">
          <Button disabled={!may} onClick={add}>
            {t("messages.addNotice")}
          </Button>
          {draft && (
            <>
              <Button
                type="primary"
                loading={saving.isPending}
                disabled={!may}
                onClick={() => saving.mutate(draft.map(bare))}
                data-testid="notices-save"
              >
                {t("messages.save")}
              </Button>
              <Button onClick={() => setDraft(null)}>{t("case.cancel")}</Button>
            </>
          )}
          {held.own_notices && !draft && (
            <Popconfirm
              title={t("messages.oursSure")}
              okText={t("messages.ours")}
              cancelText={t("case.cancel")}
              onConfirm={() => saving.mutate([])}
            >
              <Button disabled={!may}>{t("messages.ours")}</Button>
            </Popconfirm>
          )}
        </div>
      )}
      {saving.error && <RegionError error={saving.error} what={t("messages.notSaved")} reading={false} />}
      <Table<Line>
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          choice("event", held.events.map((value) => ({ value, label: eventName(value) }))),
          choice("whistle_kind", [
            { value: "", label: t("messages.anyKind") },
            ...catalogue.kinds.map((row) => ({ value: row.code, label: say(row.name) })),
          ]),
          choice("post", posts),
          choice("channel", CHANNELS.map((value) => ({ value, label: t(`messages.channels.${value}`) }))),
          choice("template", templates),
          {
            title: "",
            width: 90,
            render: (_, row) =>
              held.may_write && (
                <Button
                  size="small"
                  disabled={!may}
                  onClick={() => setDraft(rows.filter(({ key }) => key !== row.key))}
                >
                  {t("messages.remove")}
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}
