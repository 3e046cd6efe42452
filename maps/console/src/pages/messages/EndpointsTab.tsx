import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Popconfirm, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { channelsQuery, removeEndpoint, tryEndpoint } from "../../api/messages";
import type { Catalogue, Channels, Endpoint } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { EndpointDialog } from "./EndpointDialog";

interface Props {
  held: Channels;
  catalogue: Catalogue;
}

/** Robots, webhooks and the SMS gateway. */
export function EndpointsTab({ held, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const client = useQueryClient();
  const may = useCanWrite() && held.may_write;
  const [open, setOpen] = useState<Endpoint | "new" | null>(null);
  const [tried, setTried] = useState<number | null>(null);
  const removing = useMutation({
    mutationFn: removeEndpoint,
    onSuccess: () => client.invalidateQueries({ queryKey: channelsQuery().queryKey }),
  });
  const trying = useMutation({ mutationFn: tryEndpoint, onSuccess: (_, { no }) => setTried(no) });
  const failed = removing.error ?? trying.error;
  const named = (list: readonly { code: string; name: { zh: string; en: string } }[], code: string | null) =>
    say(list.find((row) => row.code === code)?.name) || code;
  return (
    <>
      <p className="quiet">{t("messages.endpointsHint")}</p>
      {held.may_write && (
        <div className="frame-acts">
          <Button type="primary" disabled={!may} onClick={() => setOpen("new")} data-testid="add-endpoint">
            {t("messages.addEndpoint")}
          </Button>
        </div>
      )}
      {failed && <RegionError error={failed} what={t("messages.notDone")} reading={false} />}
      <Table<Endpoint>
        size="small"
        rowKey="no"
        dataSource={held.endpoints}
        pagination={false}
        locale={{ emptyText: <Empty description={t("messages.noEndpoints")} /> }}
        columns={[
          { title: t("messages.name"), dataIndex: "name" },
          { title: t("messages.kind"), render: (_, row) => t(`messages.kinds.${row.kind}`) },
          {
            title: t("messages.serves"),
            render: (_, row) =>
              [
                row.post ? named(catalogue.posts, row.post) : t("messages.allSms"),
                row.unit_code,
                row.department_code && named(catalogue.departments, row.department_code),
              ]
                .filter(Boolean)
                .join(" · "),
          },
          { title: t("messages.url"), render: (_, row) => <code className="url">{row.url}</code> },
          {
            title: t("messages.stands"),
            render: (_, row) =>
              [
                t(row.active ? "messages.active" : "messages.inactive"),
                row.signed && t("messages.signed"),
              ]
                .filter(Boolean)
                .join(" · "),
          },
          {
            title: "",
            width: 240,
            render: (_, row) =>
              held.may_write && (
                <>
                  <Button size="small" disabled={!may} onClick={() => setOpen(row)}>
                    {t("messages.change")}
                  </Button>{" "}
                  {row.kind !== "sms" && (
                    <Button
                      size="small"
                      disabled={!may || trying.isPending}
                      onClick={() => trying.mutate({ no: row.no, phone: null })}
                    >
                      {t(tried === row.no ? "messages.tried" : "messages.try")}
                    </Button>
                  )}{" "}
                  <Popconfirm
                    title={t("messages.removeSure")}
                    okText={t("messages.remove")}
                    cancelText={t("case.cancel")}
                    onConfirm={() => removing.mutate(row.no)}
                  >
                    <Button size="small" danger disabled={!may}>
                      {t("messages.remove")}
                    </Button>
                  </Popconfirm>
                </>
              ),
          },
        ]}
      />
      {open && (
        <EndpointDialog
          old={open === "new" ? null : open}
          catalogue={catalogue}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
