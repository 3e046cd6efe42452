import { UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { handInParties } from "../../api/parties";
import type { PartiesCompared } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";

/** Hand in a workbook: first what it would change, then the change. */
export function HandIn() {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<UploadOutlined />}
        disabled={!canWrite}
        onClick={() => setOpen(true)}
        data-testid="parties-hand-in"
      >
        {t("parties.handIn")}
      </Button>
      {open && <HandInDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function HandInDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const comparing = useMutation({ mutationFn: handInParties });
  const saving = useMutation({
    mutationFn: handInParties,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["parties"] });
      onClose();
    },
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    saving.reset();
    if (chosen) comparing.mutate({ file: chosen, write: false });
  };
  const failed = saving.error ?? comparing.error;
  const found = failed ? undefined : comparing.data;
  return (
    <Modal
      open
      width={640}
      title={t("parties.handIn")}
      okText={t("parties.keep")}
      cancelText={t("case.cancel")}
      onOk={() => file && saving.mutate({ file, write: true })}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ disabled: !found?.changes.length, "data-testid": "parties-send" }}
    >
      <div className="dialog" data-testid="parties-dialog">
        <p className="quiet">{t("parties.handInHint")}</p>
        <label htmlFor="parties-file">{t("rules.file")}</label>
        <input
          id="parties-file"
          type="file"
          accept=".xlsx"
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        {found && <Compared found={found} />}
        {failed && <Faults error={failed} what={t("parties.notSaved")} />}
      </div>
    </Modal>
  );
}

function Compared({ found }: { found: PartiesCompared }) {
  const { t } = useTranslation();
  const moving = Object.values(found.moving).reduce((sum, cases) => sum + cases, 0);
  return (
    <div data-testid="parties-compared">
      <p>{t("parties.compared", { added: found.added, changed: found.changed, same: found.same })}</p>
      {moving > 0 && <p className="lacking">{t("parties.moving", { count: moving })}</p>}
      <ul className="faults">
        {found.changes.slice(0, 100).map((change, index) => (
          <li key={index}>
            {t(change.new ? "parties.isNew" : "parties.isChanged", {
              sheet: t(`parties.section.${change.sheet === "posts" ? "people" : "departments"}`),
              name: change.name,
            })}
            {!change.new &&
              `${t("state.colon")}${Object.keys(change.columns)
                .map((column) => t(`parties.column.${column}`))
                .join(t("state.comma"))}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
