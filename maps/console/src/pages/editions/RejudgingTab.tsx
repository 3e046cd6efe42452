import { useQuery } from "@tanstack/react-query";
import { Empty, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { rejudgingQuery } from "../../api/editions";
import type { Catalogue, EditionRow, RejudgedCase } from "../../api/types";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { RejudgeAct } from "./RejudgeAct";
import { useCounted } from "./useCounted";

interface Props {
  edition: EditionRow;
  acts: readonly string[];
  catalogue: Catalogue;
}

/** How the open cases of other editions would be judged by this one. */
export function RejudgingTab({ edition, acts, catalogue }: Props) {
  const { t } = useTranslation();
  const permitted = acts.includes("case.read");
  const found = useQuery({ ...rejudgingQuery(edition.no), enabled: permitted });
  const counted = useCounted();
  const columns = useColumns(catalogue);
  const rejudges = edition.answering && acts.includes("case.rejudge");
  if (!permitted) return <Empty description={t("session.noDesk")} />;
  return (
    <div className="rejudging" data-testid="rejudging">
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("editions.rejudgingFailed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={6} />}
      {found.data && (
        <>
          <div className="rejudging-head">
            <p>{counted.preview(found.data)}</p>
            {rejudges && <RejudgeAct pending={found.data.cases} />}
          </div>
          {found.data.items.length > 0 && (
            <div className="changes-table">
              {found.data.items.length < found.data.differing && (
                <p className="quiet padded">
                  {t("editions.onlyFirst", {
                    shown: found.data.items.length,
                    all: found.data.differing,
                  })}
                </p>
              )}
              <Table<RejudgedCase>
                size="small"
                sticky
                rowKey="case_no"
                columns={columns}
                dataSource={found.data.items}
                pagination={{ size: "small", pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              />
            </div>
          )}
        </>
      )}
    </div>
  );
}

interface Pair {
  old: string;
  new: string;
}

/** What was and what would be; once where both are the same. */
function Turned({ old, new: new_ }: Pair) {
  if (old === new_) return <span className="quiet">{old || "—"}</span>;
  return (
    <span className="turned">
      {old || "—"} → <b>{new_ || "—"}</b>
    </span>
  );
}

type Side = RejudgedCase["old"] | RejudgedCase["new"];

function useColumns(catalogue: Catalogue): ColumnsType<RejudgedCase> {
  const { t } = useTranslation();
  const say = useSay();
  const end = ({ chain }: Side) => chain.at(-1)?.name ?? "";
  const owner = (side: Side) =>
    side.chain.find(({ code }) => code === side.owner)?.name ?? side.owner ?? "";
  const departments = (side: Side) =>
    side.departments
      .map((code) => say(catalogue.departments.find((one) => one.code === code)?.name) || code)
      .join(t("state.comma"));
  const manual = (side: Side) =>
    say(catalogue.manual_reasons.find((one) => one.code === side.manual)?.name) || side.manual || "";
  const pair = (title: string, read: (side: Side) => string, width?: number) => ({
    title,
    ...(width ? { width } : {}),
    render: (_: unknown, one: RejudgedCase) => <Turned old={read(one.old)} new={read(one.new)} />,
  });
  return [
    {
      title: t("editions.column.case"),
      width: 150,
      render: (_, { case_no, text }) => (
        <Link to={`/?case=${case_no}`} title={text}>
          {case_no}
        </Link>
      ),
    },
    {
      title: t("case.stage"),
      width: 96,
      render: (_, { stage }) => say(catalogue.stages.find(({ code }) => code === stage)?.name),
    },
    pair(t("editions.column.units"), end),
    pair(t("case.owner"), owner, 200),
    pair(t("case.departments"), departments),
    pair(t("desk.manual"), manual, 150),
  ];
}
