import { useMutation, useQueryClient } from "@tanstack/react-query";
import { DatePicker, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { saveParties } from "../../api/parties";
import type { Catalogue, PersonIn, Words } from "../../api/types";
import { UnitSearch } from "../../parts/place/UnitSearch";
import { Faults } from "../../parts/state/Faults";
import { useSay } from "../../words/locale";

interface Props {
  old: PersonIn;
  catalogue: Catalogue;
  onClose: () => void;
}

const EMPLOYMENTS = ["full_time", "part_time"] as const;

/** Somebody in a post; whoever leaves it gets a last day and stays on record. */
export function PersonDialog({ old, catalogue, onClose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const client = useQueryClient();
  const [wish, setWish] = useState<PersonIn>(old);
  const set = (change: Partial<PersonIn>) => setWish({ ...wish, ...change });
  const saving = useMutation({
    mutationFn: saveParties,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["parties"] });
      onClose();
    },
  });
  const send = () => {
    const { id, name, post, unit, department, employment, phone, email, valid_from, valid_to } = wish;
    const said = (value: string | null | undefined) => value?.trim() || null;
    const person = {
      id,
      name: name.trim(),
      post,
      unit: said(unit),
      department: said(department),
      employment,
      phone: said(phone),
      email: said(email),
      valid_from,
      valid_to,
    };
    saving.mutate({ body: { departments: [], posts: [person] }, write: true });
  };
  const worded = (row: { code: string; name: Words }) => ({ code: row.code, name: say(row.name) });
  const text = (name: "name" | "phone" | "email") => (
    <div>
      <label htmlFor={`person-${name}`}>{t(`parties.column.${name}`)}</label>
      <Input
        id={`person-${name}`}
        value={wish[name] ?? ""}
        maxLength={100}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </div>
  );
  const day = (name: "valid_from" | "valid_to") => (
    <div>
      <label htmlFor={`person-${name}`}>{t(`parties.column.${name}`)}</label>
      <DatePicker
        id={`person-${name}`}
        value={wish[name] ? dayjs(wish[name]) : null}
        onChange={(chosen) => set({ [name]: chosen?.format("YYYY-MM-DD") ?? null })}
      />
    </div>
  );
  const choice = (
    name: "post" | "department" | "employment",
    rows: readonly { code: string; name: string }[],
  ) => (
    <div>
      <label htmlFor={`person-${name}`}>{t(`parties.column.${name}`)}</label>
      <Select
        id={`person-${name}`}
        allowClear={name !== "post"}
        showSearch={{ optionFilterProp: "label" }}
        value={wish[name] ?? undefined}
        onChange={(code?: string) => set({ [name]: code ?? null })}
        options={rows.map((row) => ({ value: row.code, label: row.name }))}
      />
    </div>
  );
  return (
    <Modal
      open
      width={640}
      title={t(old.id ? "parties.change" : "parties.addPerson")}
      okText={t("parties.keep")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ disabled: !wish.name.trim(), "data-testid": "person-send" }}
    >
      <div className="dialog two" data-testid="person-dialog">
        {text("name")}
        {choice("post", catalogue.posts.map(worded))}
        <div>
          <label htmlFor="person-unit">{t("parties.column.unit")}</label>
          <UnitSearch id="person-unit" value={wish.unit} onChange={(unit) => set({ unit })} />
        </div>
        {choice("department", catalogue.departments.map(worded))}
        {choice("employment", EMPLOYMENTS.map((code) => ({ code, name: t(`parties.employment.${code}`) })))}
        {text("phone")}
        {text("email")}
        {day("valid_from")}
        {day("valid_to")}
        {saving.error && <Faults error={saving.error} what={t("parties.notSaved")} />}
      </div>
    </Modal>
  );
}
