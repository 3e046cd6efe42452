import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addFacility, changeFacility, facilityTypesQuery } from "../../api/planning";
import type { FacilityPeriod } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { useUnitOptions } from "./useUnitOptions";

interface Props {
  old: FacilityPeriod;
  isNew: boolean;
  mayWrite: boolean;
  onDone: () => void;
}

const STATES = ["open", "building", "planned", "closed"] as const;
const MODES = [
  "new_build",
  "conversion",
  "purchase",
  "project_supporting",
  "integration_sharing",
] as const;

type Text = "code" | "name" | "opening_hours" | "address" | "note";
type Figure = "lon" | "lat" | "floor_area_m2";

/** What a facility is like from a day on, and why that is entered. */
export function FacilityForm({ old, isNew, mayWrite, onDone }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite() && mayWrite;
  const today = useFormat().civilDay(useNow(60_000));
  const client = useQueryClient();
  const types = useQuery(facilityTypesQuery());
  const units = useUnitOptions();
  const [wish, setWish] = useState(old);
  const [since, setSince] = useState(today);
  const [reason, setReason] = useState("");
  const set = (change: Partial<FacilityPeriod>) => setWish({ ...wish, ...change });
  const saving = useMutation({
    mutationFn: async () => {
      if (isNew) {
        const period = { ...wish, valid_from: since, valid_to: null };
        await addFacility({ periods: [period], reason });
        return;
      }
      await changeFacility({ code: wish.code, body: { ...factsOf(wish), since, reason } });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["facilities"] });
      await client.invalidateQueries({ queryKey: ["coverage"] });
      onDone();
    },
  });
  const text = (name: Text, hint?: string) => (
    <div>
      <label htmlFor={`facility-${name}`}>{t(`facilities.column.${name}`)}</label>
      <Input
        id={`facility-${name}`}
        value={wish[name] ?? ""}
        maxLength={name === "note" ? 500 : 200}
        placeholder={hint}
        disabled={!mayWrite}
        onChange={(event) => set({ [name]: event.target.value || null })}
      />
    </div>
  );
  const figure = (name: Figure) => (
    <div>
      <label htmlFor={`facility-${name}`}>{t(`facilities.column.${name}`)}</label>
      <InputNumber
        id={`facility-${name}`}
        value={wish[name] ?? null}
        controls={false}
        disabled={!mayWrite}
        onChange={(value) => set({ [name]: value ?? (name === "floor_area_m2" ? null : 0) })}
      />
    </div>
  );
  return (
    <div className="dialog two">
      {isNew && text("code")}
      {text("name")}
      <div>
        <label htmlFor="facility-type-of">{t("facilities.type")}</label>
        <Select
          id="facility-type-of"
          showSearch={{ optionFilterProp: "label" }}
          value={wish.type || undefined}
          disabled={!mayWrite}
          onChange={(type: string) => set({ type })}
          options={(types.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) }))}
        />
      </div>
      {figure("floor_area_m2")}
      <div>
        <label htmlFor="facility-mode">{t("facilities.mode")}</label>
        <Select
          id="facility-mode"
          allowClear
          value={wish.provision_mode ?? undefined}
          disabled={!mayWrite}
          onChange={(mode?: string) => set({ provision_mode: mode ?? null })}
          options={MODES.map((value) => ({ value, label: t(`facilities.modes.${value}`) }))}
        />
      </div>
      <div>
        <label htmlFor="facility-state">{t("facilities.stateOf")}</label>
        <Select
          id="facility-state"
          value={wish.state}
          disabled={!mayWrite}
          onChange={(state) => set({ state })}
          options={STATES.map((value) => ({ value, label: t(`facilities.state.${value}`) }))}
        />
      </div>
      {text("opening_hours", "Mo-Fr 08:30-17:30; Sa 09:00-12:00")}
      <div>
        <label htmlFor="facility-public">{t("facilities.column.open_to_public")}</label>
        <Select
          id="facility-public"
          allowClear
          value={wish.open_to_public ?? undefined}
          disabled={!mayWrite}
          onChange={(value?: boolean) => set({ open_to_public: value ?? null })}
          options={[true, false].map((value) => ({
            value,
            label: t(value ? "theme.yes" : "theme.no"),
          }))}
        />
      </div>
      <div>
        <label htmlFor="facility-serves">{t("facilities.column.serves")}</label>
        <Select
          id="facility-serves"
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("facilities.servesHere")}
          value={wish.serves ?? []}
          disabled={!mayWrite}
          onChange={(serves: string[]) => set({ serves })}
          options={units}
        />
      </div>
      {text("address")}
      {figure("lon")}
      {figure("lat")}
      {text("note")}
      {mayWrite && (
        <>
          <Why since={since} onSince={setSince} reason={reason} onReason={setReason} />
          {saving.error && <Faults error={saving.error} what={t("facilities.notSaved")} />}
          <Button
            type="primary"
            disabled={!canWrite || !reason.trim() || !wish.name || !wish.type || !wish.code}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
            data-testid="facility-send"
          >
            {t("facilities.keep")}
          </Button>
        </>
      )}
    </div>
  );
}

interface WhyProps {
  since: string;
  onSince: (day: string) => void;
  reason: string;
  onReason: (reason: string) => void;
}

/** From which day on, and why. */
function Why({ since, onSince, reason, onReason }: WhyProps) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <label htmlFor="facility-since">{t("facilities.since")}</label>
        <DatePicker
          id="facility-since"
          allowClear={false}
          value={dayjs(since)}
          onChange={(chosen) => chosen && onSince(chosen.format("YYYY-MM-DD"))}
        />
      </div>
      <div>
        <label htmlFor="facility-reason">{t("facilities.reason")}</label>
        <Input
          id="facility-reason"
          value={reason}
          maxLength={500}
          onChange={(event) => onReason(event.target.value)}
        />
      </div>
    </>
  );
}

/** What a facility is like, without when. */
function factsOf(period: FacilityPeriod) {
  const { type, name, lon, lat, floor_area_m2, provision_mode, state } = period;
  const { opening_hours, open_to_public, serves, address, note } = period;
  const place = { type, name, lon, lat, floor_area_m2, provision_mode, state };
  return { ...place, opening_hours, open_to_public, serves, address, note };
}
