import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { unitsQuery } from "../../api/queries";
import type { Catalogue } from "../../api/types";
import { CategoryChoice, OneDepartment, options } from "../../parts/move/choices";
import { useSay } from "../../words/locale";
import type { LedgerUrl } from "./useLedgerUrl";

const STREET = 2;

interface Props {
  url: LedgerUrl;
  catalogue: Catalogue;
}

/** Which period, and which cases of it: what the list of cases can be asked by. */
export function Filters({ url, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const streets = useQuery(unitsQuery({ level: STREET }));
  return (
    <div className="choices" role="search" aria-label={t("ledger.filters")}>
      <Select
        aria-label={t("ledger.period")}
        value={url.period}
        onChange={(value) => url.change("period", value)}
        options={[
          { value: "all", label: t("ledger.always") },
          ...url.periods
            .filter((value) => value !== "all")
            .map((value) => ({ value, label: value })),
        ]}
        data-testid="ledger-period"
      />
      <Select
        allowClear
        placeholder={t("ledger.anyStreet")}
        value={url.of("unit")}
        onChange={(value?: string) => url.change("unit", value)}
        options={(streets.data ?? []).map((row) => ({ value: row.code, label: row.name }))}
      />
      <OneDepartment
        catalogue={catalogue}
        value={url.of("department")}
        onChange={(code) => url.change("department", code)}
        placeholder={t("ledger.anyDepartment")}
      />
      <Select
        allowClear
        placeholder={t("ledger.anyKind")}
        value={url.of("kind")}
        onChange={(value?: string) => url.change("kind", value)}
        options={options(catalogue.kinds, say)}
      />
      <CategoryChoice
        catalogue={catalogue}
        value={url.of("category")}
        onChange={(code) => url.change("category", code)}
        placeholder={t("ledger.anyCategory")}
      />
      <Select
        allowClear
        placeholder={t("ledger.anyState")}
        value={url.of("state")}
        onChange={(value?: string) => url.change("state", value)}
        options={["open", "closed", "overdue"].map((value) => ({
          value,
          label: t(`ledger.state.${value}`),
        }))}
        data-testid="ledger-state"
      />
      <Input
        key={url.of("q")}
        defaultValue={url.of("q")}
        placeholder={t("ledger.search")}
        aria-label={t("ledger.search")}
        allowClear
        maxLength={100}
        onPressEnter={(event) => url.change("q", event.currentTarget.value)}
      />
      {url.narrowed && (
        <Button size="small" onClick={url.clear}>
          {t("ledger.clear")}
        </Button>
      )}
    </div>
  );
}
