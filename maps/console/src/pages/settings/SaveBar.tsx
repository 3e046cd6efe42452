import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";

interface Props {
  draft: {
    dirty: boolean;
    error: Error | null;
    saving: boolean;
    save: (reason: string) => void;
    drop: () => void;
  };
}

/** What is not saved yet, why it is changed, and what does not fit. */
export function SaveBar({ draft }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [reason, setReason] = useState("");
  if (!draft.dirty) return null;
  return (
    <div className="save-bar" role="region" aria-label={t("settings.unsaved")}>
      <span>{t("settings.unsaved")}</span>
      <Input
        aria-label={t("settings.reason")}
        placeholder={t("settings.reason")}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="settings-reason"
      />
      <Button onClick={draft.drop}>{t("settings.drop")}</Button>
      <Button
        type="primary"
        disabled={!canWrite}
        loading={draft.saving}
        onClick={() => draft.save(reason)}
        data-testid="settings-save"
      >
        {t("settings.save")}
      </Button>
      {draft.error && <Faults error={draft.error} what={t("settings.notSaved")} />}
    </div>
  );
}
