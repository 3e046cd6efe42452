import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { rateWhistle, toRateQuery } from "../../api/assessments";
import type { ToRate } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

const CRITERIA = ["proper", "described", "help"] as const;
type Points = Record<(typeof CRITERIA)[number], number | null>;

/** Whistles that called the department and on which it has not said anything yet. */
export function RateSection() {
  const { t } = useTranslation();
  const list = useQuery(toRateQuery());
  return (
    <section className="assessments-part" data-testid="to-rate">
      <p className="quiet">{t("assessments.rateHint")}</p>
      <Refreshing when={list.isRefetching} />
      {list.error && (
        <RegionError
          error={list.error}
          what={t("assessments.failed")}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading rows={6} />}
      {list.data?.items.length === 0 && <Empty description={t("assessments.none.rate")} />}
      <ul className="plain">
        {list.data?.items.map((one) => (
          <RateLine key={`${one.case_no}/${one.department}`} one={one} />
        ))}
      </ul>
    </section>
  );
}

function RateLine({ one }: { one: ToRate }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const [points, setPoints] = useState<Points>({ proper: null, described: null, help: null });
  const [note, setNote] = useState("");
  const sending = useMutation({
    mutationFn: rateWhistle,
    onSuccess: () => client.invalidateQueries({ queryKey: ["assessments"] }),
  });
  const { proper, described, help } = points;
  const whole = proper !== null && described !== null && help !== null;
  return (
    <li className="rate-line" data-testid={`rate-${one.case_no}`}>
      <div>
        <Link to={`/?case=${one.case_no}`}>{one.case_no}</Link>{" "}
        <span className="quiet">
          {one.street_name} · {say(one.department_name)} · {format.stamp(one.closed_at)}
        </span>
        <div>{one.text}</div>
      </div>
      <div className="rate-fields">
        {CRITERIA.map((criterion) => (
          <label key={criterion}>
            {t(`assessments.rate.${criterion}`)}
            <InputNumber
              min={0}
              max={100}
              precision={0}
              value={points[criterion]}
              onChange={(next) => setPoints({ ...points, [criterion]: next })}
            />
          </label>
        ))}
        <Input
          aria-label={t("assessments.rate.note")}
          placeholder={t("assessments.rate.note")}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button
          type="primary"
          disabled={!canWrite || !whole}
          loading={sending.isPending}
          onClick={() => {
            if (!whole) return;
            sending.mutate({
              ...{ case_no: one.case_no, department: one.department },
              ...{ proper, described, help, note: note.trim() },
            });
          }}
        >
          {t("assessments.rate.send")}
        </Button>
      </div>
      {sending.error && (
        <RegionError error={sending.error} what={t("assessments.notSaved")} reading={false} />
      )}
    </li>
  );
}
