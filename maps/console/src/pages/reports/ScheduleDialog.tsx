import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, InputNumber, Modal, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { reschedule, scheduleQuery } from "../../api/circulars";
import type { ScheduleLine } from "../../api/types";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";

interface Props {
  line: ScheduleLine;
  onClose: () => void;
}

/** Another day, another time, or not at all. */
export function ScheduleDialog({ line, onClose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const client = useQueryClient();
  const [day, setDay] = useState(line.day);
  const [at, setAt] = useState(line.at.slice(0, 5));
  const [since, setSince] = useState(line.since ?? "");
  const [active, setActive] = useState(line.active);
  const sending = useMutation({
    mutationFn: reschedule,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: scheduleQuery().queryKey });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t("reports.changeTitle", { kind: say(line.name) })}
      okText={t("reports.change")}
      cancelText={t("case.cancel")}
      onOk={() => sending.mutate({ kind: line.kind, day, at, since, active })}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ disabled: !since || !at, "data-testid": "change-send" }}
    >
      <div className="page-dialog" data-testid="change-dialog">
        <label htmlFor="schedule-day">{t("reports.day")}</label>
        <InputNumber
          id="schedule-day"
          min={1}
          max={28}
          value={day}
          onChange={(value) => setDay(value ?? 1)}
        />
        <label htmlFor="schedule-at">{t("reports.at")}</label>
        <Input
          id="schedule-at"
          type="time"
          value={at}
          onChange={(event) => setAt(event.target.value)}
        />
        <label htmlFor="schedule-since">{t("reports.since")}</label>
        <Input
          id="schedule-since"
          type="date"
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
        <label htmlFor="schedule-active">{t("reports.active")}</label>
        <Switch id="schedule-active" checked={active} onChange={setActive} />
        {sending.error && (
          <RegionError error={sending.error} what={t("reports.changeFailed")} reading={false} />
        )}
      </div>
    </Modal>
  );
}
