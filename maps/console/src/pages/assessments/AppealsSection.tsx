import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { appealsQuery } from "../../api/assessments";
import type { Appeal, Me } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { DecideDialog } from "./DecideDialog";

/** Appeals with their reasons and decisions, those that wait first. */
export function AppealsSection({ me }: { me: Me }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const list = useQuery(appealsQuery());
  const [deciding, setDeciding] = useState<Appeal | null>(null);
  const mayDecide = me.acts.includes("assessment.decide");
  return (
    <section className="assessments-part" data-testid="appeals">
      <Refreshing when={list.isRefetching} />
      {list.error && (
        <RegionError
          error={list.error}
          what={t("assessments.failed")}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading rows={6} />}
      {list.data && (
        <Table<Appeal>
          size="small"
          rowKey="no"
          dataSource={list.data.items}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty description={t("assessments.none.appeal")} /> }}
          columns={[
            {
              title: t("assessments.case"),
              render: (_, one) => <Link to={`/?case=${one.case_no}`}>{one.case_no}</Link>,
            },
            { title: t("assessments.by"), render: (_, one) => say(one.name) },
            {
              title: t("assessments.figure"),
              render: (_, one) => `${say(one.figure_name)} ${format.number(one.was, 1)}`,
            },
            {
              title: t("assessments.reason"),
              render: (_, one) => (
                <>
                  {one.reason}
                  <div className="quiet">
                    {one.asked_name} {format.stamp(one.asked_at)}
                  </div>
                </>
              ),
            },
            {
              title: t("assessments.decision"),
              render: (_, one) => {
                if (one.upheld !== null) {
                  return (
                    <>
                      <Tag>{t(one.upheld ? "assessments.upheld" : "assessments.refused")}</Tag>
                      {one.points !== null &&
                        `${format.number(one.was, 1)} → ${format.number(one.points, 1)}`}
                      <div>{one.answer}</div>
                      <div className="quiet">
                        {one.decided_name} {format.stamp(one.decided_at)}
                      </div>
                    </>
                  );
                }
                if (!mayDecide || one.own) {
                  return (
                    <span className="quiet">
                      {t(one.own && mayDecide ? "assessments.ownAppeal" : "assessments.waits")}
                    </span>
                  );
                }
                return (
                  <Button
                    size="small"
                    data-testid={`decide-${one.no}`}
                    onClick={() => setDeciding(one)}
                  >
                    {t("assessments.decide")}
                  </Button>
                );
              },
            },
          ]}
        />
      )}
      {deciding && <DecideDialog appeal={deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}
