import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { channelsQuery } from "../../api/messages";
import type { Catalogue, Me } from "../../api/types";
import { Frame } from "../../parts/session/Frame";
import { Loading, RegionError } from "../../parts/state/Region";
import { EndpointsTab } from "./EndpointsTab";
import { NoticesTab } from "./NoticesTab";
import { OutboxTab } from "./OutboxTab";
import { TemplatesTab } from "./TemplatesTab";
import "./messages.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** What is on its way to people, and by which ways and in which words they are told. */
export function MessagesPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  const [url, setUrl] = useSearchParams();
  const found = useQuery(channelsQuery());
  const held = found.data;
  const rest = !held
    ? []
    : [
        { key: "endpoints", children: <EndpointsTab held={held} catalogue={catalogue} /> },
        { key: "notices", children: <NoticesTab held={held} catalogue={catalogue} /> },
        { key: "templates", children: <TemplatesTab held={held} /> },
      ];
  const tabs = [{ key: "outbox", children: <OutboxTab may={me.acts.includes("message.settle")} /> }, ...rest];
  return (
    <Frame me={me} what={t("session.messages")}>
      {found.error && (
        <RegionError
          error={found.error}
          what={t("messages.channelsFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={6} />}
      <Tabs
        activeKey={url.get("tab") ?? "outbox"}
        onChange={(tab) => setUrl({ tab }, { replace: true })}
        items={tabs.map((tab) => ({ ...tab, label: t(`messages.tab.${tab.key}`) }))}
        destroyOnHidden
      />
    </Frame>
  );
}
