import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { handInSheet, sheetFile } from "../../api/settings";
import type { Settings } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";

/** Keep a table as a workbook, or hand a changed one in; what is wrong with it is told by cell. */
export function SheetActs({ sheet, found }: { sheet: "days" | "limits"; found: Settings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const sending = useMutation({
    mutationFn: handInSheet,
    onSuccess: () => client.invalidateQueries({ queryKey: ["settings"] }),
  });
  return (
    <span className="sheet-acts">
      <a href={sheetFile(sheet)} download>
        <DownloadOutlined aria-hidden /> {t("settings.download")}
      </a>
      {found.may_change && (
        <label className="upload">
          <UploadOutlined aria-hidden /> {t("settings.upload")}
          <input
            type="file"
            accept=".xlsx"
            disabled={!canWrite || sending.isPending}
            data-testid={`upload-${sheet}`}
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (!file) return;
              sending.mutate({ sheet, file, rulebook: found.rulebook, reason: file.name });
            }}
          />
        </label>
      )}
      {sending.isSuccess && <span role="status">{t("settings.uploaded")}</span>}
      {sending.error && <Faults error={sending.error} what={t("settings.notSaved")} />}
    </span>
  );
}
