import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, DatePicker, Modal, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { succeed } from "../../api/parties";
import type { DepartmentRow } from "../../api/types";
import { Faults } from "../../parts/state/Faults";
import { useLocale } from "../../words/locale";

interface Props {
  old: DepartmentRow;
  others: readonly DepartmentRow[];
  onClose: () => void;
}

/** Let another department take over; the open cases go along, the old name stays in their trail. */
export function SuccessorDialog({ old, others, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const lang = useLocale((state) => state.lang);
  const name = (row: DepartmentRow) => (lang === "en" ? row.name_en : row.name_zh);
  const [successor, setSuccessor] = useState<string>();
  const [last, setLast] = useState<Dayjs | null>(null);
  const saving = useMutation({
    mutationFn: succeed,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["parties"] });
      onClose();
    },
  });
  const send = () => {
    if (successor && last) {
      saving.mutate({ code: old.code, successor, last_day: last.format("YYYY-MM-DD"), write: true });
    }
  };
  return (
    <Modal
      open
      title={t("parties.succeedTitle", { name: name(old) })}
      okText={t("parties.succeed")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ disabled: !(successor && last), "data-testid": "succeed-send" }}
    >
      <div className="dialog" data-testid="succeed-dialog">
        <label htmlFor="successor">{t("parties.successor")}</label>
        <Select
          id="successor"
          showSearch={{ optionFilterProp: "label" }}
          value={successor}
          onChange={setSuccessor}
          options={others
            .filter((row) => row.code !== old.code && row.state !== "ended")
            .map((row) => ({ value: row.code, label: name(row) }))}
        />
        <label htmlFor="last-day">{t("parties.lastDay")}</label>
        <DatePicker id="last-day" value={last} onChange={setLast} />
        <Alert
          type="warning"
          showIcon
          title={t("parties.succeedNote", { count: old.open_cases })}
        />
        {saving.error && <Faults error={saving.error} what={t("parties.notSaved")} />}
      </div>
    </Modal>
  );
}
