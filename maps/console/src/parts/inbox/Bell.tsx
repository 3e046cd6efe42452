import { BellOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge, Button, Empty, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { inboxQuery, seenUpTo } from "../../api/messages";
import type { InboxItem } from "../../api/types";
import { useFormat } from "../../words/format";
import { Loading, RegionError } from "../state/Region";
import "./inbox.css";

/** What this account is told; opening it is reading it. */
export function Bell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const found = useQuery(inboxQuery());
  const [open, setOpen] = useState(false);
  const seen = useMutation({
    mutationFn: seenUpTo,
    onSuccess: () => client.invalidateQueries({ queryKey: inboxQuery().queryKey }),
  });
  const change = (opening: boolean) => {
    setOpen(opening);
    const newest = found.data?.items[0]?.id;
    // What was unread stays marked until it is closed again.
    if (!opening && newest && found.data?.unread) seen.mutate(newest);
  };
  const unread = found.data?.unread ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={change}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="inbox" data-testid="inbox">
          {found.error && (
            <RegionError
              error={found.error}
              what={t("messages.inboxFailed")}
              onRetry={() => void found.refetch()}
            />
          )}
          {found.isPending && <Loading rows={4} />}
          {found.data && <Told items={found.data.items} onOpen={() => change(false)} />}
        </div>
      }
    >
      <Button
        type="text"
        size="small"
        aria-label={t("messages.inbox", { count: unread })}
        title={t("messages.inbox", { count: unread })}
        data-testid="bell"
        icon={
          <Badge count={unread} size="small" overflowCount={99}>
            <BellOutlined />
          </Badge>
        }
      />
    </Popover>
  );
}

function Told({ items, onOpen }: { items: readonly InboxItem[]; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (items.length === 0) return <Empty description={t("messages.inboxEmpty")} />;
  return (
    <ol>
      {items.map((item) => (
        <li key={item.id} className={item.unread ? "unread" : ""}>
          <div className="first">
            {item.case_no ? (
              <Link to={`/?case=${item.case_no}`} onClick={onOpen}>
                {item.subject}
              </Link>
            ) : (
              <b>{item.subject}</b>
            )}
            <time className="quiet">{format.stamp(item.made_at)}</time>
          </div>
          <p>{item.body}</p>
        </li>
      ))}
    </ol>
  );
}
