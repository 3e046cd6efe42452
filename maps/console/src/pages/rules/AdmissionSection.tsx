import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admissionsQuery } from "../../api/admission";
import type { Admission, Catalogue, Me } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { choosable } from "../../parts/ground/useChosen";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { AdmissionPanel } from "./AdmissionPanel";
import { ApplyDialog } from "./ApplyDialog";
import type { RulesUrl } from "./useRulesUrl";

interface Props {
  me: Me;
  catalogue: Catalogue;
  url: RulesUrl;
}

/** The register of what may be handed to communities, and one item of it. */
export function AdmissionSection({ me, catalogue, url }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const list = useQuery(admissionsQuery());
  const [applying, setApplying] = useState(false);
  return (
    <main className="admission-main" data-testid="admission">
      <section className="admission-list" aria-label={t("rules.section.admission")}>
        <div className="side-head">
          <p className="quiet">{t("rules.admissionHint")}</p>
          {me.acts.includes("admission.apply") && (
            <Button
              type="primary"
              disabled={!canWrite}
              onClick={() => setApplying(true)}
              data-testid="apply"
            >
              {t("rules.apply")}
            </Button>
          )}
        </div>
        {list.data && !list.data.in_season && (
          <p className="quiet padded">{t("rules.outOfSeason")}</p>
        )}
        <Refreshing when={list.isRefetching} />
        {list.error && (
          <RegionError
            error={list.error}
            what={t("rules.admissionFailed")}
            onRetry={() => void list.refetch()}
          />
        )}
        {list.isPending && <Loading rows={8} />}
        {list.data && <Register items={list.data.items} chosen={url.item} onOpen={url.open} />}
      </section>
      {url.item !== null && (
        <AdmissionPanel key={url.item} no={url.item} acts={me.acts} onClose={() => url.open(null)} />
      )}
      {applying && (
        <ApplyDialog
          catalogue={catalogue}
          today={list.data?.today ?? ""}
          acts={me.acts}
          onDone={url.open}
          onClose={() => setApplying(false)}
        />
      )}
    </main>
  );
}

interface RegisterProps {
  items: Admission[];
  chosen: number | null;
  onOpen: (no: number) => void;
}

/** Every item, the newest first. */
function Register({ items, chosen, onOpen }: RegisterProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  if (items.length === 0) return <Empty description={t("rules.noAdmissions")} />;
  return (
    <Table<Admission>
      size="small"
      sticky
      rowKey="no"
      columns={columns}
      dataSource={items}
      rowClassName={({ no }) => (no === chosen ? "chosen" : "")}
      onRow={({ no }) => choosable(no, chosen ?? 0, onOpen)}
      pagination={{ size: "small", pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}

function useColumns(): ColumnsType<Admission> {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  return [
    { title: t("rules.column.no"), width: 60, align: "right", className: "figure", dataIndex: "no" },
    { title: t("rules.column.item"), dataIndex: "title" },
    { title: t("rules.column.kind"), width: 90, render: (_, { kind_name }) => say(kind_name) },
    {
      title: t("rules.column.state"),
      width: 150,
      render: (_, { state, state_name, review_overdue, review_due }) => (
        <>
          <span className={`admission-state ${state}`}>{say(state_name)}</span>
          {state === "applied" && (
            <div className={review_overdue ? "lacking" : "quiet"}>
              {t(review_overdue ? "rules.reviewLate" : "rules.reviewDue", {
                at: format.stamp(review_due),
              })}
            </div>
          )}
        </>
      ),
    },
    { title: t("rules.column.category"), width: 150, render: (_, { category }) => say(category.name) },
    {
      title: t("rules.column.communities"),
      width: 120,
      render: (_, { unit }) => unit?.name ?? <span className="quiet">{t("rules.every")}</span>,
    },
    {
      title: t("rules.column.term"),
      width: 190,
      className: "figure",
      render: (_, { starts, ends }) => `${starts} – ${ends ?? "…"}`,
    },
  ];
}
