import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { DatePicker, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admissionsQuery, applyForAdmission } from "../../api/admission";
import { unitsQuery } from "../../api/queries";
import type { AdmissionWish, Catalogue } from "../../api/types";
import { CategoryChoice } from "../../parts/move/choices";
import { RegionError } from "../../parts/state/Region";

interface Props {
  catalogue: Catalogue;
  today: string;
  acts: readonly string[];
  onDone: (no: number) => void;
  onClose: () => void;
}

const COMMUNITY = 3;
const STATED = ["authority", "object", "power", "funds"] as const;
const KINDS = ["regular", "temporary", "urgent", "exempt"] as const;
const EXEMPTIONS = ["law", "authority", "emergency"] as const;

/** Apply for work to be handed to communities; the server says what rule 30 still asks for. */
export function ApplyDialog({ catalogue, today, acts, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const units = useQuery(unitsQuery({ level: COMMUNITY }));
  const [wish, setWish] = useState<Partial<AdmissionWish>>({ kind: "regular", starts: today });
  const [asked, setAsked] = useState(false);
  const set = (change: Partial<AdmissionWish>) => setWish({ ...wish, ...change });
  const sending = useMutation({
    mutationFn: applyForAdmission,
    onSuccess: async ({ no }) => {
      await client.invalidateQueries({ queryKey: admissionsQuery().queryKey });
      onDone(no);
      onClose();
    },
  });
  const { title, kind, category, starts, basis } = wish;
  const send = () => {
    setAsked(true);
    if (title && kind && category && starts && basis) {
      sending.mutate({ ...wish, title, kind, category, starts, basis });
    }
  };
  const kinds = acts.includes("admission.decide") ? KINDS : KINDS.slice(0, 2);
  const text = (name: "title" | "basis" | (typeof STATED)[number], label: string) => (
    <div key={name}>
      <label htmlFor={`wish-${name}`}>{label}</label>
      <Input
        id={`wish-${name}`}
        value={wish[name] ?? ""}
        maxLength={200}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </div>
  );
  const day = (name: "starts" | "ends", label: string) => (
    <div key={name}>
      <label htmlFor={`wish-${name}`}>{label}</label>
      <DatePicker
        id={`wish-${name}`}
        value={wish[name] ? dayjs(wish[name]) : null}
        onChange={(chosen) => set({ [name]: chosen?.format("YYYY-MM-DD") })}
      />
    </div>
  );
  return (
    <Modal
      open
      width={640}
      title={t("rules.apply")}
      okText={t("rules.apply")}
      cancelText={t("case.cancel")}
      onOk={send}
      onCancel={onClose}
      confirmLoading={sending.isPending}
      okButtonProps={{ "data-testid": "apply-send" }}
    >
      <div className="dialog two" data-testid="apply-dialog">
        {text("title", t("rules.column.item"))}
        <div>
          <label htmlFor="wish-kind">{t("rules.column.kind")}</label>
          <Select
            id="wish-kind"
            value={kind}
            onChange={(chosen) => set({ kind: chosen })}
            options={kinds.map((value) => ({ value, label: t(`rules.kind.${value}`) }))}
          />
        </div>
        {kind === "exempt" && (
          <Select
            aria-label={t("rules.stated.exemption")}
            placeholder={t("rules.stated.exemption")}
            value={wish.exemption}
            onChange={(exemption) => set({ exemption })}
            options={EXEMPTIONS.map((value) => ({ value, label: t(`rules.exemption.${value}`) }))}
          />
        )}
        <div>
          <label htmlFor="wish-category">{t("rules.column.category")}</label>
          <CategoryChoice
            id="wish-category"
            catalogue={catalogue}
            value={category}
            onChange={(chosen) => set({ category: chosen })}
          />
        </div>
        <div>
          <label htmlFor="wish-unit">{t("rules.column.communities")}</label>
          <Select
            id="wish-unit"
            allowClear
            showSearch={{ optionFilterProp: "label" }}
            placeholder={t("rules.every")}
            value={wish.unit ?? undefined}
            onChange={(unit?: string) => set({ unit: unit ?? null })}
            options={units.data?.map(({ code, name }) => ({ value: code, label: name })) ?? []}
          />
        </div>
        {day("starts", t("rules.starts"))}
        {day("ends", t("rules.ends"))}
        {text("basis", t("rules.column.basis"))}
        {kind !== "exempt" && STATED.map((name) => text(name, t(`rules.stated.${name}`)))}
        {asked && !(title && category && basis) && (
          <div className="lacking" role="alert">
            {t("rules.applyLacking")}
          </div>
        )}
        {sending.error && (
          <RegionError error={sending.error} what={t("rules.applyFailed")} reading={false} />
        )}
      </div>
    </Modal>
  );
}
