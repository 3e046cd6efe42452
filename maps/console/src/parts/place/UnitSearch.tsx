import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

import { placesQuery } from "../../api/queries";

interface Props {
  id: string;
  value: string | null | undefined;
  onChange: (code: string | null) => void;
  placeholder?: string;
}

/** A unit of any level, found by its name, by pinyin or by its code. */
export function UnitSearch({ id, value, onChange, placeholder }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useQuery({ ...placesQuery(q || (value ?? "")), enabled: Boolean(q || value) });
  const units = (found.data ?? []).filter((place) => place.kind === "unit");
  const nothing = found.isError ? t("desk.searchFailed") : t("desk.nothingFound");
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={placeholder ?? t("desk.searchPlace")}
      value={value ?? undefined}
      onChange={(code?: string) => onChange(code ?? null)}
      notFoundContent={q ? nothing : null}
      options={units.map(({ code, name, chain_text }) => ({
        value: code,
        label: name,
        title: chain_text,
      }))}
      optionRender={({ label, data }) => (
        <div className="found">
          <span>{label}</span>
          <small>{data.title}</small>
        </div>
      )}
    />
  );
}
