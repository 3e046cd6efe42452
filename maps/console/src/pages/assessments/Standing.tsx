import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Popconfirm } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { freezeMonth, setCutOff } from "../../api/assessments";
import type { Me, MonthState, Total } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";

interface Props {
  me: Me;
  state: MonthState;
  total: Total;
}

/** From when the month stands, and what keeping it will keep. */
export function Standing({ me, state, total }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(60_000);
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["assessments"] });
  const freezing = useMutation({ mutationFn: freezeMonth, onSuccess });
  const moving = useMutation({ mutationFn: setCutOff, onSuccess });
  const passed = Date.parse(state.cut_off) <= now;
  const day = format.civilDay(Date.parse(state.cut_off));
  if (state.frozen_at) {
    return (
      <Alert
        type="success"
        showIcon
        data-testid="standing"
        title={t("assessments.frozen", {
          at: format.stamp(state.frozen_at),
          by: state.frozen_by,
        })}
        description={t("assessments.frozenMeans")}
      />
    );
  }
  const error = freezing.error ?? moving.error;
  return (
    <>
      <Alert
        type="info"
        showIcon
        data-testid="standing"
        title={t(passed ? "assessments.passed" : "assessments.open", { day })}
        description={
          state.undecided > 0
            ? t("assessments.undecided", { count: state.undecided })
            : t("assessments.openMeans")
        }
        action={
          me.acts.includes("assessment.freeze") && (
            <span className="acts">
              <DatePicker
                aria-label={t("assessments.cutOff")}
                allowClear={false}
                value={dayjs(day)}
                minDate={dayjs(format.civilDay(Date.parse(total.until)))}
                onChange={(chosen) => {
                  if (chosen) moving.mutate({ month: state.month, day: chosen.format("YYYY-MM-DD") });
                }}
              />
              <Popconfirm
                title={t("assessments.freezePreview", {
                  month: state.month,
                  parts: format.number(total.items.length),
                  whistles: format.number(total.whistles.length),
                })}
                description={t("assessments.freezeMeans")}
                okText={t("assessments.freeze")}
                cancelText={t("case.cancel")}
                onConfirm={() => freezing.mutate(state.month)}
              >
                <Button
                  type="primary"
                  disabled={!canWrite || !passed || state.undecided > 0}
                  loading={freezing.isPending}
                  data-testid="freeze"
                >
                  {t("assessments.freeze")}
                </Button>
              </Popconfirm>
            </span>
          )
        }
      />
      {error && <RegionError error={error} what={t("assessments.notSaved")} reading={false} />}
    </>
  );
}
