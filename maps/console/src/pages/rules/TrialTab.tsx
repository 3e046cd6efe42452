import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { trialFile, trialQuery } from "../../api/rules";
import type { ChangedCase, Flow, RuleTable, Trial } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { TryForm } from "./TryForm";
import { useChangedColumns } from "./useChangedColumns";

interface Props {
  table: RuleTable;
  today: string;
  acts: readonly string[];
}

/** The table over past cases: how many would have gone elsewhere, and each of them. */
export function TrialTab({ table, today, acts }: Props) {
  const { t } = useTranslation();
  const permitted = acts.includes("case.read");
  const found = useInfiniteQuery({
    ...trialQuery(table.no, table.tried?.at),
    enabled: permitted && table.tried !== null,
  });
  if (!permitted) return <Empty description={t("session.noDesk")} />;
  const first = found.data?.pages[0];
  return (
    <div className="tab-body" data-testid="trial">
      {acts.includes("rules.stage") && table.state === "staged" && (
        <TryForm no={table.no} today={today} />
      )}
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("rules.trialFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {!table.tried && <Empty description={t("rules.untried")} />}
      {found.isLoading && <Loading rows={8} />}
      {first && (
        <>
          <Counts trial={first} no={table.no} />
          <Flows flows={first.flows} />
          <Cases items={found.data?.pages.flatMap(({ items }) => items) ?? []} />
        </>
      )}
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("editions.moreFindings")}
        </Button>
      )}
    </div>
  );
}

/** What came of it, as sentences; beside them the file. */
function Counts({ trial, no }: { trial: Trial; no: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const period = { since: format.stamp(trial.since), until: format.stamp(trial.until) };
  const { cases, changed, lost } = trial;
  const numbers = {
    leads: format.number(trial.leads),
    lost: format.number(lost),
    found: format.number(trial.found),
  };
  const asIf = trial.as_if ? t("rules.askedAsIf", { day: trial.as_if }) : "";
  return (
    <Alert
      type={lost > 0 ? "warning" : "info"}
      showIcon
      data-testid="trial-counts"
      title={
        changed === 0
          ? t("rules.noneMoves", { cases: format.number(cases) })
          : t("rules.someMove", { cases: format.number(cases), changed: format.number(changed) })
      }
      description={
        <>
          {changed > 0 && <p>{t("rules.ofThem", numbers)}</p>}
          <p className="quiet">
            {t("rules.period", period)}
            {asIf}
          </p>
        </>
      }
      action={
        changed > 0 && (
          <Button
            size="small"
            icon={<DownloadOutlined />}
            href={trialFile(no)}
            download={`rules-${no}-trial.xlsx`}
          >
            {t("rules.downloadCases")}
          </Button>
        )
      }
    />
  );
}

/** From whom to whom, and how many cases. */
function Flows({ flows }: { flows: readonly Flow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (flows.length === 0) return null;
  return (
    <ul className="plain flows" data-testid="flows">
      {flows.map(({ before, after, cases }) => (
        <li key={`${before?.code}/${after?.code}`}>
          {before?.name ?? t("rules.nobody")} → <b>{after?.name ?? t("rules.nobody")}</b>
          <span className="figure">{t("rules.caseCount", { count: cases, shown: format.number(cases) })}</span>
        </li>
      ))}
    </ul>
  );
}

function Cases({ items }: { items: readonly ChangedCase[] }) {
  const columns = useChangedColumns();
  if (items.length === 0) return null;
  return (
    <Table<ChangedCase>
      size="small"
      sticky
      rowKey="case_no"
      columns={columns}
      dataSource={items}
      pagination={{ size: "small", pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
    />
  );
}
