import { UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCanWrite } from "../../live/connection";
import { Faults } from "../state/Faults";

interface Compared {
  changes: readonly unknown[];
}

interface Props<T extends Compared> {
  /** Tells this button from others. */
  name: string;
  title: string;
  hint: string;
  failed: string;
  /** Compares the workbook, or keeps it. */
  send: (wish: { file: File; write: boolean }) => Promise<T>;
  /** What must be read again once it is kept. */
  stale: readonly string[];
  children: (found: T) => ReactNode;
}

/** Hand in a workbook: first what it would change, then the change. */
export function HandIn<T extends Compared>(props: Props<T>) {
  const canWrite = useCanWrite();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<UploadOutlined />}
        disabled={!canWrite}
        onClick={() => setOpen(true)}
        data-testid={`${props.name}-hand-in`}
      >
        {props.title}
      </Button>
      {open && <Dialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dialog<T extends Compared>({
  name,
  title,
  hint,
  failed: what,
  send,
  stale,
  children,
  onClose,
}: Props<T> & { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const comparing = useMutation({ mutationFn: send });
  const saving = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] })));
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
      title={title}
      okText={t("parties.keep")}
      cancelText={t("case.cancel")}
      onOk={() => file && saving.mutate({ file, write: true })}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ disabled: !found?.changes.length, "data-testid": `${name}-send` }}
    >
      <div className="dialog" data-testid={`${name}-dialog`}>
        <p className="quiet">{hint}</p>
        <label htmlFor={`${name}-file`}>{t("rules.file")}</label>
        <input
          id={`${name}-file`}
          type="file"
          accept=".xlsx"
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        {found && <div data-testid={`${name}-compared`}>{children(found)}</div>}
        {failed && <Faults error={failed} what={what} />}
      </div>
    </Modal>
  );
}
