import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { channelsQuery, saveEndpoint } from "../../api/messages";
import type { Catalogue, Endpoint, EndpointIn } from "../../api/types";
import { UnitSearch } from "../../parts/place/UnitSearch";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";

interface Props {
  old: Endpoint | null;
  catalogue: Catalogue;
  onClose: () => void;
}

const KINDS = ["wecom", "dingtalk", "webhook", "sms"] as const;
const NEW: EndpointIn = { kind: "wecom", name: "", post: "department_handler", active: true };

/** As it is sent: what is empty is not said. */
function tidy(wish: EndpointIn): EndpointIn {
  const { kind, name, url, secret, post, unit_code, department_code, active } = wish;
  return {
    kind,
    name: name.trim(),
    url: url?.trim() || null,
    secret: secret || null,
    post: kind === "sms" ? null : post,
    unit_code: unit_code?.trim() || null,
    department_code: department_code ?? null,
    active,
  };
}

/** A robot, a webhook or the gateway; what is secret is written and never shown. */
export function EndpointDialog({ old, catalogue, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [wish, setWish] = useState<EndpointIn>(
    old ? { ...old, kind: old.kind as EndpointIn["kind"], url: null, secret: null } : NEW,
  );
  const [asked, setAsked] = useState(false);
  const set = (change: Partial<EndpointIn>) => setWish({ ...wish, ...change });
  const saving = useMutation({
    mutationFn: saveEndpoint,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsQuery().queryKey });
      onClose();
    },
  });
  const whole = Boolean(wish.name.trim() && (old || wish.url?.trim()));
  const send = () => {
    setAsked(true);
    if (whole) saving.mutate({ no: old?.no ?? null, body: tidy(wish) });
  };
  const text = (name: "name" | "url" | "secret", hint?: string) => (
    <>
      <label htmlFor={`endpoint-${name}`}>{t(`messages.${name}`)}</label>
      <Input
        id={`endpoint-${name}`}
        value={wish[name] ?? ""}
        placeholder={hint}
        autoComplete="off"
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </>
  );
  return (
    <Modal
      open
      title={t(old ? "messages.change" : "messages.addEndpoint")}
      okText={t("messages.save")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ "data-testid": "endpoint-save" }}
    >
      <div className="dialog" data-testid="endpoint-dialog">
        <label htmlFor="endpoint-kind">{t("messages.kind")}</label>
        <Select
          id="endpoint-kind"
          value={wish.kind}
          onChange={(kind) => set({ kind })}
          options={KINDS.map((value) => ({ value, label: t(`messages.kinds.${value}`) }))}
        />
        {text("name")}
        {text("url", old ? t("messages.keepUrl", { url: old.url }) : "https://")}
        {wish.kind !== "wecom" && text("secret", old?.signed ? t("messages.keepSecret") : "")}
        {wish.kind !== "sms" && (
          <>
            <Serves wish={wish} catalogue={catalogue} onChange={set} />
            <label htmlFor="endpoint-unit">{t("messages.unit_code")}</label>
            <UnitSearch
              id="endpoint-unit"
              value={wish.unit_code}
              placeholder={t("messages.unitHint")}
              onChange={(unit_code) => set({ unit_code })}
            />
          </>
        )}
        <Checkbox checked={wish.active} onChange={(event) => set({ active: event.target.checked })}>
          {t("messages.active")}
        </Checkbox>
        {asked && !whole && (
          <div className="lacking" role="alert">
            {t("messages.endpointLacking")}
          </div>
        )}
        {saving.error && <RegionError error={saving.error} what={t("messages.notSaved")} reading={false} />}
      </div>
    </Modal>
  );
}

interface ServesProps {
  wish: EndpointIn;
  catalogue: Catalogue;
  onChange: (change: Partial<EndpointIn>) => void;
}

/** Whom a robot speaks to: a post, and of which department. */
function Serves({ wish, catalogue, onChange }: ServesProps) {
  const { t } = useTranslation();
  const say = useSay();
  return (
    <>
      <label htmlFor="endpoint-post">{t("messages.post")}</label>
      <Select
        id="endpoint-post"
        value={wish.post}
        onChange={(post) => onChange({ post })}
        options={(catalogue.posts).map((row) => ({ value: row.code, label: say(row.name) }))}
      />
      <label htmlFor="endpoint-department">{t("messages.onlyDepartment")}</label>
      <Select
        id="endpoint-department"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={wish.department_code ?? undefined}
        onChange={(code?: string) => onChange({ department_code: code ?? null })}
        options={catalogue.departments.map((row) => ({ value: row.code, label: say(row.name) }))}
      />
    </>
  );
}
