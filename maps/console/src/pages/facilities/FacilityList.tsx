import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { facilitiesQuery } from "../../api/planning";
import type { FacilityRow } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { useHours } from "./hours";
import type { FacilitiesUrl } from "./useFacilitiesUrl";

interface Props {
  url: FacilitiesUrl;
  onOpen: (code: string) => void;
}

/** The register, a page at a time. */
export function FacilityList({ url, onOpen }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const hours = useHours();
  const found = useQuery(facilitiesQuery(url.question));
  if (found.error) {
    return (
      <RegionError
        error={found.error}
        what={t("facilities.failed")}
        onRetry={() => void found.refetch()}
      />
    );
  }
  if (found.isPending) return <Loading rows={8} />;
  if (found.data.total === 0) return <Empty description={t("facilities.none")} />;
  return (
    <div>
      <Refreshing when={found.isRefetching} />
      <p className="quiet" data-testid="facility-total">
        {t("facilities.total", { total: format.number(found.data.total) })}
      </p>
      <Table<FacilityRow>
        size="small"
        rowKey="code"
        dataSource={found.data.items}
        pagination={{
          current: url.page,
          pageSize: 50,
          total: found.data.total,
          showSizeChanger: false,
          onChange: (page) => url.change("page", String(page)),
        }}
        onRow={(row) => ({ onClick: () => onOpen(row.code) })}
        columns={[
          {
            title: t("facilities.name"),
            render: (_, row) => (
              <>
                {row.name}
                <div className="quiet">
                  {row.code}
                  {row.generated && ` · ${t("facilities.generated")}`}
                </div>
              </>
            ),
          },
          { title: t("facilities.type"), render: (_, row) => say(row.type_name) },
          {
            title: t("facilities.area"),
            align: "right",
            className: "figure",
            render: (_, row) => format.number(row.floor_area_m2, 1),
          },
          {
            title: t("facilities.stateOf"),
            render: (_, row) => (
              <>
                {say(row.state_name)}
                {!row.current && <div className="quiet">{t("facilities.notNow")}</div>}
                {row.serves_unknown.length > 0 && (
                  <div className="lacking">
                    {t("facilities.servesUnknown", {
                      units: row.serves_unknown.join(t("state.comma")),
                    })}
                  </div>
                )}
              </>
            ),
          },
          {
            title: t("facilities.mode"),
            render: (_, row) => (row.provision_mode_name ? say(row.provision_mode_name) : "—"),
          },
          { title: t("facilities.hours"), render: (_, row) => hours(row.opening_hours) },
        ]}
      />
    </div>
  );
}
