import { Alert, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Effect } from "../../api/types";
import { useFormat } from "../../words/format";

type Reach = Effect["reach"][number];
type Covered = Effect["coverage"][number];

/** Households and communities before and after a change. */
export function EffectView({ effect }: { effect: Effect }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { before, after, gained, lost, apart, community, reach, coverage } = effect;
  const outside = community === null;
  return (
    <section data-testid="effect">
      {apart && <Alert type="warning" showIcon title={t("siting.apart")} />}
      {outside && <Alert type="warning" showIcon title={t("siting.outside")} />}
      <p className="effect" data-testid="effect-reach">
        {t("siting.effect", {
          before: format.number(before),
          after: format.number(after),
          gained: format.number(gained),
          lost: format.number(lost),
        })}
        {effect.basis === "straight_line" && <Tag color="orange">{t("siting.estimate")}</Tag>}
      </p>
      {reach.length > 0 && (
        <Table<Reach>
          size="small"
          rowKey="code"
          pagination={false}
          dataSource={reach}
          title={() => t("siting.reachChanges")}
          columns={[
            { title: t("siting.community"), dataIndex: "name" },
            figure(t("coverage.households"), ({ households }) => format.number(households)),
            figure(t("siting.before"), (row) => format.number(row.before)),
            figure(t("siting.after"), (row) => format.number(row.after)),
          ]}
        />
      )}
      {coverage.length > 0 && (
        <Table<Covered>
          size="small"
          rowKey="code"
          pagination={false}
          dataSource={coverage}
          title={() => t("siting.coverageChanges")}
          columns={[
            { title: t("siting.community"), dataIndex: "name" },
            figure(t("siting.before"), (row) => format.number(row.before, 1)),
            figure(t("siting.after"), (row) => format.number(row.after, 1)),
            {
              title: t("siting.met"),
              render: (_, row) => `${met(row.met_before, t)} → ${met(row.met_after, t)}`,
            },
          ]}
        />
      )}
      {reach.length === 0 && coverage.length === 0 && (
        <p className="quiet">{t("siting.noChange")}</p>
      )}
    </section>
  );
}

function figure<T>(title: string, value: (row: T) => string) {
  return {
    title,
    align: "right" as const,
    className: "figure",
    render: (_: unknown, row: T) => value(row),
  };
}

function met(one: boolean | null, t: (key: string) => string): string {
  if (one === null) return "—";
  return t(one ? "coverage.verdicts.met" : "coverage.verdicts.missed");
}
