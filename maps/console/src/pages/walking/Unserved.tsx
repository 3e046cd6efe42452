import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Me, UnservedHome, UnservedList } from "../../api/types";
import type { WalkQuestion } from "../../api/walking";
import { unservedQuery, walkThemeQuery } from "../../api/walking";
import { Found } from "../../parts/state/Found";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const PAGE = 50;

interface Props {
  me: Me;
  asked: WalkQuestion & { type: string };
  level: number;
}

/** Homes that no facility of the type serves in time, and where each of them is. */
export function Unserved({ me, asked, level }: Props) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [home, setHome] = useState<UnservedHome | null>(null);
  const found = useQuery(unservedQuery({ ...asked, offset: (page - 1) * PAGE }));
  const map = useQuery(walkThemeQuery({ ...asked, what: "reach", level }));
  const pin = home && { id: "home", label: home.name ?? "", lon: home.lon, lat: home.lat };
  return (
    <Found query={map} failed={t("walking.failed")}>
      {(theme) => (
        <div className="theme-split">
          <ThemeMap
            name="walking"
            me={me}
            theme={theme}
            chosen={null}
            handles={pin ? [pin] : []}
            onPick={() => undefined}
          />
          <div>
            <Found query={found} failed={t("walking.failed")}>
              {(list) => (
                <List list={list} page={page} onPage={setPage} home={home} onPick={setHome} />
              )}
            </Found>
          </div>
        </div>
      )}
    </Found>
  );
}

interface ListProps {
  list: UnservedList;
  page: number;
  home: UnservedHome | null;
  onPage: (page: number) => void;
  onPick: (home: UnservedHome) => void;
}

function List({ list, page, home, onPage, onPick }: ListProps) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  if (list.total === 0) return <Empty description={t("walking.allServed")} />;
  return (
    <section data-testid="unserved">
      <p className="quiet">
        {t("walking.unservedCount", {
          total: format.number(list.total),
          households: format.number(list.households),
        })}
        {list.apart.length > 0 && t("walking.apart", { codes: list.apart.join("、") })}
      </p>
      <Table<UnservedHome>
        size="small"
        rowKey={(row) => `${row.code ?? ""}/${row.lon}/${row.lat}`}
        dataSource={list.items}
        rowClassName={(row) => (row.code === home?.code ? "theme-chosen" : "")}
        onRow={(row) => ({ onClick: () => onPick(row) })}
        pagination={{
          current: page,
          pageSize: PAGE,
          total: list.total,
          showSizeChanger: false,
          onChange: onPage,
        }}
        columns={[
          {
            title: t("walking.home"),
            render: (_, row) => (
              <>
                {row.name ?? "—"}
                <div className="quiet">{row.code}</div>
              </>
            ),
          },
          {
            title: t("coverage.households"),
            align: "right",
            className: "figure",
            render: (_, row) => format.number(row.households),
          },
          {
            title: t("walking.minutes"),
            align: "right",
            className: "figure",
            render: (_, row) => format.number(row.minutes, 1),
          },
          { title: t("walking.why"), render: (_, row) => say(row.why_name) },
        ]}
      />
    </section>
  );
}
