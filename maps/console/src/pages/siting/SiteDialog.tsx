import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, InputNumber, Modal, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { enterSite } from "../../api/siting";
import type { LonLat, SiteWish } from "../../api/types";
import { pointText } from "../../parts/move/PointField";
import { Faults } from "../../parts/state/Faults";

const KINDS = ["drawn", "building", "plot"] as const;
const PER_DEGREE = 1e6;

interface Props {
  at: LonLat;
  onClose: () => void;
}

/** A candidate where somebody clicked. */
export function SiteDialog({ at, onClose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const client = useQueryClient();
  const [wish, setWish] = useState<Partial<SiteWish>>({ kind: "drawn", cost: 0 });
  const saving = useMutation({
    mutationFn: enterSite,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["siting"] });
      onClose();
    },
  });
  const change = (changed: Partial<SiteWish>) => setWish((before) => ({ ...before, ...changed }));
  const { name, kind = "drawn", floor_area_m2: area, cost } = wish;
  const whole = Boolean(name?.trim()) && area !== undefined && cost !== undefined;
  const save = () => {
    if (!name || area === undefined || cost === undefined) return;
    const code = `D${Math.round(at.lon * PER_DEGREE)}-${Math.round(at.lat * PER_DEGREE)}`;
    saving.mutate({ code, body: { ...at, name, kind, floor_area_m2: area, cost } });
  };
  return (
    <Modal
      open
      title={t("siting.place")}
      okText={t("parties.keep")}
      cancelText={t("case.cancel")}
      onOk={save}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      okButtonProps={{ disabled: !whole, "data-testid": "site-keep" }}
    >
      <div className="dialog" data-testid="site-dialog">
        <code>{pointText(at)}</code>
        <label htmlFor={`${id}-name`}>{t("siting.name")}</label>
        <Input
          id={`${id}-name`}
          value={name ?? ""}
          onChange={(event) => change({ name: event.target.value })}
          data-testid="site-name"
        />
        <label htmlFor={`${id}-kind`}>{t("siting.kind")}</label>
        <Select
          id={`${id}-kind`}
          value={kind}
          onChange={(value) => change({ kind: value })}
          options={KINDS.map((value) => ({ value, label: t(`siting.kinds.${value}`) }))}
        />
        <label htmlFor={`${id}-area`}>{t("siting.area")}</label>
        <InputNumber
          id={`${id}-area`}
          min={1}
          value={area ?? null}
          onChange={(value) => value !== null && change({ floor_area_m2: value })}
          changeOnWheel={false}
          data-testid="site-area"
        />
        <label htmlFor={`${id}-cost`}>{t("siting.cost")}</label>
        <InputNumber
          id={`${id}-cost`}
          min={0}
          value={cost ?? null}
          onChange={(value) => value !== null && change({ cost: value })}
          changeOnWheel={false}
          data-testid="site-cost"
        />
        {saving.error && <Faults error={saving.error} what={t("siting.notSaved")} />}
      </div>
    </Modal>
  );
}
