import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rulesQuery, tryTable } from "../../api/rules";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";

const USUAL_DAYS = 90;
const DAY = "YYYY-MM-DD";

/** Over which cases to try the table, and as though they had come on which day. */
export function TryForm({ no, today }: { no: number; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const [since, setSince] = useState(dayjs(today).subtract(USUAL_DAYS, "day").format(DAY));
  const [until, setUntil] = useState(today);
  const [asIf, setAsIf] = useState<string | null>(null);
  const trying = useMutation({
    mutationFn: tryTable,
    onSuccess: () => client.invalidateQueries({ queryKey: rulesQuery().queryKey }),
  });
  const send = () =>
    trying.mutate({
      no,
      since: format.dayStart(since),
      until: format.dayStart(until, 1),
      as_if: asIf,
    });
  return (
    <div className="try-form">
      <label>
        {t("rules.casesFrom")}{" "}
        <DatePicker.RangePicker
          size="small"
          allowClear={false}
          value={[dayjs(since), dayjs(until)]}
          onChange={(days) => {
            if (days?.[0]) setSince(days[0].format(DAY));
            if (days?.[1]) setUntil(days[1].format(DAY));
          }}
        />
      </label>
      <label title={t("rules.asIfHint")}>
        {t("rules.asIf")}{" "}
        <DatePicker
          size="small"
          value={asIf ? dayjs(asIf) : null}
          placeholder={t("rules.ownDay")}
          onChange={(day) => setAsIf(day ? day.format(DAY) : null)}
        />
      </label>
      <Button
        size="small"
        type="primary"
        ghost
        disabled={!canWrite}
        loading={trying.isPending}
        onClick={send}
        data-testid="try"
      >
        {t("rules.try")}
      </Button>
      {trying.error && (
        <RegionError error={trying.error} what={t("rules.trialFailed")} reading={false} />
      )}
    </div>
  );
}
