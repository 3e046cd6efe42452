import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Empty, Segmented, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { messagesQuery, sendAgain, settle } from "../../api/messages";
import type { Message, MessageState } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Found } from "../../parts/state/Found";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";

const STATES: readonly MessageState[] = ["dead", "waiting", "sent", "settled"];
const A_PAGE = 50;

/** Messages that leave the service; those given up first, for they need somebody. */
export function OutboxTab({ may }: { may: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [state, setState] = useState<MessageState>("dead");
  const [before, setBefore] = useState<number | null>(null);
  const found = useQuery(messagesQuery(state, before));
  const again = () => client.invalidateQueries({ queryKey: ["messages"] });
  const sending = useMutation({ mutationFn: sendAgain, onSuccess: again });
  const settling = useMutation({ mutationFn: settle, onSuccess: again });
  const columns = useColumns();
  const failed = sending.error ?? settling.error;
  const settleable = state === "dead" && may;
  const busy = sending.isPending || settling.isPending;
  const acts = {
    title: "",
    width: 170,
    render: (_: unknown, row: Message) => (
      <Acts
        disabled={busy}
        onAgain={() => sending.mutate(row.id)}
        onSettle={() => settling.mutate(row.id)}
      />
    ),
  };
  return (
    <div data-testid="outbox">
      {found.data?.email === false && (
        <Alert type="info" showIcon title={t("messages.noEmail")} className="note" />
      )}
      <div className="frame-acts">
        <Segmented
          value={state}
          onChange={(chosen) => {
            setState(chosen);
            setBefore(null);
          }}
          options={STATES.map((value) => ({
            value,
            label: t(`messages.state.${value}`, { count: found.data?.counts[value] ?? 0 }),
          }))}
        />
        {settleable && (
          <Button
            disabled={busy || !found.data?.counts.dead}
            onClick={() => sending.mutate(null)}
            data-testid="all-again"
          >
            {t("messages.allAgain")}
          </Button>
        )}
      </div>
      {failed && <RegionError error={failed} what={t("messages.notDone")} reading={false} />}
      <Found query={found} failed={t("messages.failed")}>
        {({ items }) => (
          <Table<Message>
            size="small"
            rowKey="id"
            dataSource={items}
            pagination={false}
            locale={{ emptyText: <Empty description={t(`messages.none.${state}`)} /> }}
            expandable={{ expandedRowRender: (row) => <p className="message-body">{row.body}</p> }}
            columns={settleable ? [...columns, acts] : columns}
          />
        )}
      </Found>
      <Pages
        first={before === null}
        last={(found.data?.items.length ?? 0) < A_PAGE}
        onNewest={() => setBefore(null)}
        onOlder={() => setBefore(found.data?.items.at(-1)?.id ?? null)}
      />
    </div>
  );
}

interface PagesProps {
  first: boolean;
  last: boolean;
  onNewest: () => void;
  onOlder: () => void;
}

function Pages({ first, last, onNewest, onOlder }: PagesProps) {
  const { t } = useTranslation();
  return (
    <div className="frame-acts">
      {!first && (
        <Button size="small" onClick={onNewest}>
          {t("messages.newest")}
        </Button>
      )}
      {!last && (
        <Button size="small" onClick={onOlder}>
          {t("messages.older")}
        </Button>
      )}
    </div>
  );
}

function Acts(props: { disabled: boolean; onAgain: () => void; onSettle: () => void }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const disabled = props.disabled || !canWrite;
  return (
    <>
      <Button size="small" disabled={disabled} onClick={props.onAgain} data-testid="again">
        {t("messages.again")}
      </Button>{" "}
      <Button size="small" disabled={disabled} onClick={props.onSettle} data-testid="settle">
        {t("messages.settle")}
      </Button>
    </>
  );
}

function useColumns(): ColumnsType<Message> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { title: t("messages.made"), width: 140, className: "figure", render: (_, row) => format.stamp(row.made_at) },
    { title: t("messages.channel"), width: 90, render: (_, row) => t(`messages.channels.${row.channel}`) },
    { title: t("messages.recipient"), width: 200, render: (_, row) => row.recipient ?? row.endpoint_name ?? "—" },
    {
      title: t("messages.subject"),
      render: (_, row) =>
        row.case_no ? <Link to={`/?case=${row.case_no}`}>{row.subject}</Link> : row.subject,
    },
    { title: t("messages.attempts"), width: 70, className: "figure", dataIndex: "attempts" },
    {
      title: t("messages.outcome"),
      width: 260,
      render: (_, row) => (
        <>
          {row.sent_at
            ? format.stamp(row.sent_at)
            : row.dead_at
              ? format.stamp(row.dead_at)
              : t("messages.next", { at: format.stamp(row.next_at) })}
          {row.trouble && <div className="lacking trouble">{row.trouble}</div>}
          {row.settled_by && <div className="quiet">{t("messages.by", { name: row.settled_by })}</div>}
        </>
      ),
    },
  ];
}
