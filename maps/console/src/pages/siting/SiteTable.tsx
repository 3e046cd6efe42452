import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { removeSite } from "../../api/siting";
import type { Site, SitingPlan } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Generated } from "../../parts/state/Generated";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  sites: readonly Site[];
  plans: readonly SitingPlan[];
  own: readonly string[];
  picked: string | null;
  mayWrite: boolean;
  onOwn: (codes: readonly string[]) => void;
  onPick: (code: string) => void;
}

/** Every candidate: ticked ones are one's own choice, tags tell which plans took it. */
export function SiteTable({ sites, plans, own, picked, mayWrite, onOwn, onPick }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const canWrite = useCanWrite();
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: removeSite,
    onSuccess: () => client.invalidateQueries({ queryKey: ["siting"] }),
  });
  const taken = (site: Site) => plans.filter((plan) => plan.sites.includes(site.code));
  return (
    <>
      {removing.error && (
        <RegionError error={removing.error} what={t("siting.notSaved")} reading={false} />
      )}
      <Table<Site>
        size="small"
        rowKey="code"
        dataSource={[...sites].sort(
          // What plans took comes first, then what was entered last.
          (one, other) =>
            taken(other).length - taken(one).length ||
            other.entered_at.localeCompare(one.entered_at),
        )}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
        rowClassName={(site) => (site.code === picked ? "theme-chosen" : "")}
        onRow={(site) => ({ onClick: () => onPick(site.code) })}
        rowSelection={{
          selectedRowKeys: [...own],
          preserveSelectedRowKeys: true,
          onChange: (keys) => onOwn(keys.map(String)),
          columnTitle: <span title={t("siting.ownHint")}>{t("siting.own")}</span>,
          columnWidth: 48,
        }}
        columns={[
          {
            title: t("siting.site"),
            render: (_, site) => (
              <>
                {site.name} <Generated when={site.generated} />
                <div className="quiet">
                  {say(site.kind_name)} · {site.community_name ?? t("siting.nobody")}
                </div>
              </>
            ),
          },
          {
            title: t("siting.area"),
            align: "right",
            className: "figure",
            sorter: (one, other) => one.floor_area_m2 - other.floor_area_m2,
            render: (_, site) => format.number(site.floor_area_m2),
          },
          {
            title: t("siting.cost"),
            align: "right",
            className: "figure",
            sorter: (one, other) => one.cost - other.cost,
            render: (_, site) => format.number(site.cost, 1),
          },
          {
            title: t("siting.takenBy"),
            render: (_, site) =>
              taken(site).map(({ name }) => (
                <Tag key={name} color={name === "best" ? "green" : "default"}>
                  {t(`siting.short.${name}`)}
                </Tag>
              )),
          },
          ...(mayWrite
            ? [
                {
                  title: "",
                  width: 40,
                  render: (_: unknown, site: Site) => (
                    <Popconfirm
                      title={t("siting.removeAsk", { name: site.name })}
                      okText={t("siting.remove")}
                      cancelText={t("case.cancel")}
                      onConfirm={() => removing.mutate(site.code)}
                    >
                      <Button
                        type="text"
                        size="small"
                        icon={<DeleteOutlined />}
                        aria-label={t("siting.remove")}
                        disabled={!canWrite}
                        onClick={(event) => event.stopPropagation()}
                      />
                    </Popconfirm>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
