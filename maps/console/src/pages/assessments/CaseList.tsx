import { Button, Empty, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { AssessedPart, Me, Total, Whistle } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import type { Against } from "./AppealDialog";
import { AppealDialog } from "./AppealDialog";
import type { Side } from "./Results";
import { resultsOf } from "./Results";

interface Props {
  me: Me;
  total: Total;
  body: string;
  side: Side;
}

type Row = (AssessedPart | Whistle) & { deduction?: Whistle["deduction"] };

/** Every whistle behind a result, each figure with what an appeal changed in it. */
export function CaseList({ me, total, body, side }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const [against, setAgainst] = useState<Against | null>(null);
  const name = resultsOf(total, side).find((one) => one.code === body)?.name;
  const rows: Row[] =
    side === "street"
      ? total.whistles.filter((one) => one.street === body)
      : total.items.filter((one) => one.department === body);
  const mayAppeal = me.acts.includes("assessment.appeal") && !total.months[0]?.frozen_at;
  const figures = (row: Row) => [
    ...row.parts.map((part) => ({ ...part, code: part.criterion, taken: false })),
    ...(row.deduction
      ? [{ ...row.deduction, code: "fault", taken: true }]
      : []),
  ];
  return (
    <section aria-label={t("assessments.cases")} data-testid="assessed-cases">
      <h2>{say(name) || body}</h2>
      <Table<Row>
        size="small"
        rowKey="case_no"
        dataSource={rows}
        pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty description={t("assessments.none.case")} /> }}
        columns={[
          {
            title: t("assessments.case"),
            render: (_, row) => (
              <>
                <Link to={`/?case=${row.case_no}`}>{row.case_no}</Link>
                <div className="quiet">{format.stamp(row.closed_at)}</div>
              </>
            ),
          },
          {
            title: t("assessments.figures"),
            render: (_, row) => (
              <ul className="plain figures-of">
                {figures(row).map((one) => (
                  <li key={one.code}>
                    <span>{say(one.name)}</span>
                    <span className="figure">
                      {one.taken && "−"}
                      {format.number(one.points, 1)}
                      {one.was !== null && (
                        <del title={t("assessments.was")}>{format.number(one.was, 1)}</del>
                      )}
                    </span>
                    {mayAppeal && (
                      <Button
                        size="small"
                        type="link"
                        data-testid={`appeal-${row.case_no}-${one.code}`}
                        onClick={() =>
                          setAgainst({
                            case_no: row.case_no,
                            figure: one.code,
                            name: say(one.name),
                            points: one.points,
                          })
                        }
                      >
                        {t("assessments.appeal")}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            title: t("assessments.points"),
            className: "figure",
            render: (_, row) => format.number(row.points, 1),
          },
        ]}
      />
      {against && (
        <AppealDialog against={against} side={side} body={body} onClose={() => setAgainst(null)} />
      )}
    </section>
  );
}
