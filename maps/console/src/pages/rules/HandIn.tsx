import { UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { handIn, rulesQuery } from "../../api/rules";
import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";

interface Props {
  onDone: (no: number) => void;
}

/** Hand in a changed table as a workbook; what is wrong with it is told cell by cell. */
export function HandIn({ onDone }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        icon={<UploadOutlined />}
        disabled={!canWrite}
        onClick={() => setOpen(true)}
        data-testid="hand-in"
      >
        {t("rules.handIn")}
      </Button>
      {open && <HandInDialog onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}

function HandInDialog({ onDone, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const sending = useMutation({
    mutationFn: handIn,
    onSuccess: async ({ no }) => {
      await client.invalidateQueries({ queryKey: rulesQuery().queryKey });
      onDone(no);
      onClose();
    },
  });
  const send = () => {
    setTried(true);
    if (file && title.trim()) sending.mutate({ file, title: title.trim(), note: note.trim() });
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    sending.reset();
    if (chosen && !title) setTitle(chosen.name.replace(/\.xlsx$/i, ""));
  };
  return (
    <Modal
      open
      title={t("rules.handInTitle")}
      okText={t("rules.handIn")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ "data-testid": "hand-in-send" }}
    >
      <div className="dialog" data-testid="hand-in-dialog">
        <p className="quiet">{t("rules.handInHint")}</p>
        <label htmlFor="rules-file">{t("rules.file")}</label>
        <input
          id="rules-file"
          type="file"
          accept=".xlsx"
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <label htmlFor="rules-title">{t("rules.title")}</label>
        <Input
          id="rules-title"
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
        <label htmlFor="rules-note">{t("rules.note")}</label>
        <Input
          id="rules-note"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
        />
        {tried && !(file && title.trim()) && (
          <div className="lacking" role="alert">
            {t("case.lacking", { label: t(file ? "rules.title" : "rules.file") })}
          </div>
        )}
        {sending.error && <Faults error={sending.error} what={t("rules.handInFailed")} />}
      </div>
    </Modal>
  );
}
