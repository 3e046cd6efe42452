import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { circularsQuery, FORMATS, keepCircular, makeFile } from "../../api/circulars";
import { unitsQuery } from "../../api/queries";
import type { CircularKind, ScheduleLine } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useLocale, useSay } from "../../words/locale";
import type { Length } from "../../words/spans";
import { lastSpans } from "../../words/spans";

const OFFERED = { month: 18, quarter: 8, half: 6, year: 5 };
const STREET = 2;

/** Choose a kind and a period; download what it says now, or keep it for good. */
export function Make({ kinds }: { kinds: ScheduleLine[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const lang = useLocale((state) => state.lang);
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const today = useFormat().civilDay(useNow(60_000));
  const [kind, setKind] = useState<CircularKind>(kinds[0]!.kind);
  const about = kinds.find((line) => line.kind === kind)!;
  const length = about.length as Length;
  const periods = lastSpans(length, today, OFFERED[length]);
  const [chosen, setPeriod] = useState<string | null>(null);
  // The running period is on top; the last one that ended is what is asked for most.
  const period = chosen && periods.includes(chosen) ? chosen : periods[1]!;
  const streets = useQuery({ ...unitsQuery({ level: STREET }), enabled: about.per_street });
  const [street, setStreet] = useState<string | undefined>();
  const unit = about.per_street ? street : undefined;
  const wish = { kind, period, unit: unit ?? null };
  const ready = !about.per_street || Boolean(unit);
  const making = useMutation({ mutationFn: makeFile });
  const keeping = useMutation({
    mutationFn: keepCircular,
    onSuccess: () => client.invalidateQueries({ queryKey: circularsQuery().queryKey }),
  });
  const forget = () => {
    making.reset();
    keeping.reset();
  };
  return (
    <section aria-label={t("reports.make")} data-testid="make">
      <h2>{t("reports.make")}</h2>
      <div className="choices" onChange={forget}>
        <Select
          aria-label={t("reports.kind")}
          value={kind}
          onChange={(value) => {
            setKind(value);
            forget();
          }}
          options={kinds.map((line) => ({ value: line.kind, label: say(line.name) }))}
          data-testid="make-kind"
        />
        <Select
          aria-label={t("reports.period")}
          value={period}
          onChange={(value) => {
            setPeriod(value);
            forget();
          }}
          options={periods.map((value, place) => ({
            value,
            label: place === 0 ? t("reports.running", { period: value }) : value,
          }))}
          data-testid="make-period"
        />
        {about.per_street && (
          <Select
            aria-label={t("reports.street")}
            placeholder={t("reports.street")}
            loading={streets.isPending}
            value={street}
            onChange={setStreet}
            options={(streets.data ?? []).map((row) => ({ value: row.code, label: row.name }))}
            data-testid="make-street"
          />
        )}
        {FORMATS.map((format) => (
          <Button
            key={format}
            disabled={!ready || making.isPending}
            loading={making.isPending && making.variables?.format === format}
            onClick={() => making.mutate({ ...wish, format, lang })}
            data-testid={`make-${format}`}
          >
            {t("reports.download", { format: format.toUpperCase() })}
          </Button>
        ))}
        <Button
          type="primary"
          disabled={!ready || !canWrite || period === periods[0]}
          loading={keeping.isPending}
          onClick={() => keeping.mutate(wish)}
          data-testid="keep"
        >
          {t("reports.keep")}
        </Button>
      </div>
      <p className="quiet">{t("reports.makeHint")}</p>
      {making.error && <RegionError error={making.error} what={t("reports.makeFailed")} />}
      {keeping.error && (
        <RegionError error={keeping.error} what={t("reports.keepFailed")} reading={false} />
      )}
      {keeping.data && (
        <Alert type="success" showIcon title={t("reports.kept", { title: keeping.data.title })} />
      )}
    </section>
  );
}
