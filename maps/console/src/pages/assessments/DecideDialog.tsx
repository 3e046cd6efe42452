import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { decideAppeal } from "../../api/assessments";
import type { Appeal } from "../../api/types";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

/** Uphold an appeal with what the figure then is, or refuse it; in words in both cases. */
export function DecideDialog({ appeal, onClose }: { appeal: Appeal; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const client = useQueryClient();
  const [points, setPoints] = useState<number | null>(null);
  const [answer, setAnswer] = useState("");
  const sending = useMutation({
    mutationFn: decideAppeal,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["assessments"] });
      onClose();
    },
  });
  const said = answer.trim() !== "";
  return (
    <Modal
      open
      title={t("assessments.decideTitle", { name: say(appeal.name), no: appeal.case_no })}
      onCancel={onClose}
      footer={
        <>
          <Button
            disabled={!said}
            loading={sending.isPending}
            data-testid="appeal-refuse"
            onClick={() => sending.mutate({ no: appeal.no, points: null, answer })}
          >
            {t("assessments.refuse")}
          </Button>
          <Button
            type="primary"
            disabled={!said || points === null}
            loading={sending.isPending}
            data-testid="appeal-uphold"
            onClick={() => sending.mutate({ no: appeal.no, points, answer })}
          >
            {t("assessments.uphold")}
          </Button>
        </>
      }
    >
      <p>
        {say(appeal.figure_name)} {format.number(appeal.was, 1)}
      </p>
      <blockquote>{appeal.reason}</blockquote>
      <label htmlFor="appeal-points">
        {t(appeal.figure === "fault" ? "assessments.newDeduction" : "assessments.newPoints")}
      </label>
      <div>
        <InputNumber
          id="appeal-points"
          min={0}
          max={100}
          value={points}
          onChange={(next) => setPoints(next)}
        />
      </div>
      <label htmlFor="appeal-answer">{t("assessments.answer")}</label>
      <Input.TextArea
        id="appeal-answer"
        autoSize={{ minRows: 3, maxRows: 8 }}
        maxLength={2000}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      {sending.error && (
        <RegionError error={sending.error} what={t("assessments.notSaved")} reading={false} />
      )}
    </Modal>
  );
}
