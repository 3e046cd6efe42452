import { DownloadOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { planFile, scoreQuery } from "../../api/siting";
import type { SitingAnswer, SitingPlan, SitingWish } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { save } from "./save";

const PERCENT = 100;
const FIRST: SitingWish = { question: "standard", own: [] };

interface Props {
  asked: SitingWish | null;
  plan: UseQueryResult<SitingAnswer>;
  own: readonly string[];
}

/** The best plan with its proof, the greedy one, and one's own, side by side. */
export function Plans({ asked, plan, own }: Props) {
  const { t } = useTranslation();
  const wish = { ...(asked ?? FIRST), own: [...own] };
  const mine = useQuery(scoreQuery(wish));
  const rows = [...(plan.data?.plans ?? []), ...(own.length > 0 && mine.data ? [mine.data] : [])];
  return (
    <section className="planner-box" data-testid="plans">
      <h2>{t("siting.plans")}</h2>
      {plan.isLoading && <Loading rows={3} />}
      {[plan, mine].map(
        (one, place) =>
          one.error && (
            <RegionError
              key={place}
              error={one.error}
              what={t("siting.notSolved")}
              onRetry={() => void one.refetch()}
            />
          ),
      )}
      {rows.length === 0 && !plan.isLoading && <p className="quiet">{t("siting.hint")}</p>}
      {rows.length > 0 && <Compared rows={rows} />}
      {plan.data && asked && <Proof answer={plan.data} wish={wish} />}
    </section>
  );
}

function Compared({ rows }: { rows: SitingPlan[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figure = (title: string, value: (plan: SitingPlan) => string) => ({
    title,
    align: "right" as const,
    className: "figure",
    render: (_: unknown, plan: SitingPlan) => value(plan),
  });
  return (
    <Table<SitingPlan>
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={rows}
      columns={[
        {
          title: t("siting.plan"),
          render: (_, plan) => (
            <span data-testid={`plan-${plan.name}`}>
              {t(`siting.names.${plan.name}`)}
              {!plan.within_budget && <Tag color="orange">{t("siting.overBudget")}</Tag>}
            </span>
          ),
        },
        figure(t("siting.sites"), (plan) => format.number(plan.sites.length)),
        figure(t("siting.cost"), (plan) => format.number(plan.cost, 1)),
        figure(t("siting.before"), (plan) => format.number(plan.before)),
        figure(t("siting.after"), (plan) => format.number(plan.after)),
        figure(t("siting.added"), (plan) => `+${format.number(plan.after - plan.before)}`),
      ]}
    />
  );
}

function Proof({ answer, wish }: { answer: SitingAnswer; wish: SitingWish }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const file = useMutation({
    mutationFn: planFile,
    onSuccess: (data) => save(data, "siting.xlsx"),
  });
  const few = (items: readonly Record<string, unknown>[]) =>
    items
      .slice(0, 12)
      .map((one) => String(one.name))
      .join("、");
  return (
    <>
      <p data-testid="proof">
        {answer.proved ? (
          <Tag color="green">{t("siting.proved")}</Tag>
        ) : (
          <Tag color="orange">
            {t("siting.gap", { gap: format.number(answer.gap * PERCENT, 1) })}
          </Tag>
        )}
        <span className="quiet">
          {t(answer.question === "cheapest" ? "siting.leastCost" : "siting.mostHouseholds", {
            bound: format.number(answer.bound, answer.question === "cheapest" ? 1 : 0),
            households: format.number(answer.households),
            seconds: format.number(answer.seconds, 2),
          })}
        </span>
      </p>
      {answer.beyond.length > 0 && (
        <p className="quiet">
          {t(answer.question === "reach" ? "siting.beyondReach" : "siting.beyond", {
            count: answer.beyond.length,
            names: few(answer.beyond),
          })}
        </p>
      )}
      {answer.untold.length > 0 && (
        <p className="quiet">
          {t("siting.untold", { count: answer.untold.length, names: few(answer.untold) })}
        </p>
      )}
      {answer.left_out.length > 0 && (
        <p className="quiet">{t("siting.leftOut", { codes: answer.left_out.join("、") })}</p>
      )}
      <details>
        <summary>{t("theme.how")}</summary>
        <p className="quiet">{say(answer.note)}</p>
      </details>
      <Button
        icon={<DownloadOutlined />}
        size="small"
        loading={file.isPending}
        onClick={() => file.mutate(wish)}
      >
        {t("siting.planFile")}
      </Button>
      {file.error && (
        <RegionError error={file.error} what={t("siting.notSolved")} reading={false} />
      )}
    </>
  );
}
