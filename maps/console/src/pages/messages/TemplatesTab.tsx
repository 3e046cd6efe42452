import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { channelsQuery, saveTemplate } from "../../api/messages";
import type { Channels, MessageTemplate } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";

/** The words of every message in both languages; the district's own instead of ours. */
export function TemplatesTab({ held }: { held: Channels }) {
  const { t } = useTranslation();
  const may = useCanWrite() && held.may_write;
  const [open, setOpen] = useState<MessageTemplate | null>(null);
  const rows = [...held.templates].sort(
    (a, b) => a.code.localeCompare(b.code) || b.language.localeCompare(a.language),
  );
  return (
    <>
      <p className="quiet">{t("messages.templatesHint", { language: t(`messages.languages.${held.language}`) })}</p>
      <Table<MessageTemplate>
        size="small"
        rowKey={(row) => `${row.code}-${row.language}`}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: t("messages.template"), width: 130, dataIndex: "code" },
          { title: t("messages.language"), width: 80, render: (_, row) => t(`messages.languages.${row.language}`) },
          { title: t("messages.subject"), width: 260, dataIndex: "subject" },
          { title: t("messages.body"), dataIndex: "body" },
          {
            title: "",
            width: 150,
            render: (_, row) => (
              <>
                {held.may_write && (
                  <Button size="small" disabled={!may} onClick={() => setOpen(row)}>
                    {t("messages.change")}
                  </Button>
                )}{" "}
                {row.own && <span className="quiet">{t("messages.own")}</span>}
              </>
            ),
          },
        ]}
      />
      {open && <TemplateDialog old={open} held={held} onClose={() => setOpen(null)} />}
    </>
  );
}

interface DialogProps {
  old: MessageTemplate;
  held: Channels;
  onClose: () => void;
}

function TemplateDialog({ old, held, onClose }: DialogProps) {
  const { t } = useTranslation();
  const say = useSay();
  const client = useQueryClient();
  const [subject, setSubject] = useState(old.subject);
  const [body, setBody] = useState(old.body);
  const saving = useMutation({
    mutationFn: saveTemplate,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      onClose();
    },
  });
  const { code, language } = old;
  return (
    <Modal
      open
      width={640}
      title={`${code} · ${t(`messages.languages.${language}`)}`}
      onCancel={onClose}
      footer={
        <>
          {old.own && (
            <Button onClick={() => saving.mutate({ code, language, words: null })}>{t("messages.ours")}</Button>
          )}
          <Button onClick={onClose}>{t("case.cancel")}</Button>
          <Button
            type="primary"
            loading={saving.isPending}
            onClick={() => saving.mutate({ code, language, words: { subject, body } })}
            data-testid="template-save"
          >
            {t("messages.save")}
          </Button>
        </>
      }
    >
      <div className="dialog">
        <label htmlFor="template-subject">{t("messages.subject")}</label>
        <Input id="template-subject" value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />
        <label htmlFor="template-body">{t("messages.body")}</label>
        <Input.TextArea
          id="template-body"
          value={body}
          maxLength={5000}
          autoSize={{ minRows: 4, maxRows: 12 }}
          onChange={(event) => setBody(event.target.value)}
        />
        <p className="quiet">
          {t("messages.namesHint")}{" "}
          {held.names.map(({ name, words }) => (
            <span key={name} className="name">
              <code>${name}</code> {say(words)}{" "}
            </span>
          ))}
        </p>
        {saving.error && <RegionError error={saving.error} what={t("messages.notSaved")} reading={false} />}
      </div>
    </Modal>
  );
}
