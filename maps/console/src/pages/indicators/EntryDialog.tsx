import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { enterValue } from "../../api/indicators";
import type { Indicator } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { History } from "./History";

interface Props {
  indicator: Indicator;
  year: number;
  mayWrite: boolean;
  onClose: () => void;
}

const PLACES = ["district.current", "district.target", "city.current", "city.target"] as const;

/** One indicator: its source and caveats, a value to enter, and every entry there was. */
export function EntryDialog({ indicator, year, mayWrite, onClose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  return (
    <Modal
      open
      width={720}
      title={`${indicator.no} ${say(indicator.name)}`}
      footer={<Button onClick={onClose}>{t("indicators.close")}</Button>}
      onCancel={onClose}
    >
      <div className="page-dialog" data-testid="indicator-dialog">
        <p className="quiet">
          {t("indicators.source", { source: indicator.source, whom: indicator.source_zh ?? "—" })}
        </p>
        {indicator.uncertain && (
          <p>
            {t("indicators.uncertain")}：{indicator.uncertain_note}
          </p>
        )}
        {indicator.why_not && <p className="quiet">{say(indicator.why_not)}</p>}
        {mayWrite && <Form indicator={indicator} year={year} />}
        <History code={indicator.code} />
      </div>
    </Modal>
  );
}

function Form({ indicator, year }: Pick<Props, "indicator" | "year">) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const [place, setPlace] = useState<(typeof PLACES)[number]>("district.current");
  const [value, setValue] = useState("");
  const [note, setNote] = useState("");
  const [uncertain, setUncertain] = useState(false);
  const sending = useMutation({
    mutationFn: enterValue,
    onSuccess: async () => {
      setValue("");
      await client.invalidateQueries({ queryKey: ["indicators"] });
    },
  });
  const held = indicator.values.some((one) => `${one.scope}.${one.part}` === place && one.value);
  const send = () => {
    const [scope = "district", part] = place.split(".");
    sending.mutate({
      indicator: indicator.code,
      year,
      scope,
      part: part === "target" ? "target" : "current",
      value: value.trim() || null,
      uncertain,
      note: note.trim() || null,
    });
  };
  return (
    <>
      <label htmlFor="entry-place">{t("indicators.place.title", { year })}</label>
      <Select
        id="entry-place"
        value={place}
        onChange={setPlace}
        options={PLACES.map((one) => ({ value: one, label: t(`indicators.${one}`) }))}
      />
      <label htmlFor="entry-value">
        {t("indicators.value")}
        {indicator.unit && `（${indicator.unit}）`}
      </label>
      <Input
        id="entry-value"
        value={value}
        maxLength={100}
        placeholder={t("indicators.valueHint")}
        onChange={(event) => setValue(event.target.value)}
      />
      <label htmlFor="entry-note">{t("indicators.note")}</label>
      <Input
        id="entry-note"
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
      />
      <Checkbox checked={uncertain} onChange={(event) => setUncertain(event.target.checked)}>
        {t("indicators.uncertain")}
      </Checkbox>
      {sending.error && (
        <RegionError error={sending.error} what={t("indicators.enterFailed")} reading={false} />
      )}
      <Button
        type={value.trim() ? "primary" : "default"}
        disabled={!canWrite || !(value.trim() || held)}
        loading={sending.isPending}
        onClick={send}
        data-testid="entry-send"
      >
        {value.trim() || !held ? t("indicators.enter") : t("indicators.takeBack")}
      </Button>
    </>
  );
}
