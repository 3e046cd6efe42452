import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

import { placesQuery } from "../../api/queries";
import type { FoundPlace } from "../../api/types";

interface Props {
  onFound: (place: FoundPlace) => void;
}

/** Finds units and cases by name or number. */
export function PlaceSearch({ onFound }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useQuery({ ...placesQuery(q), enabled: q.length > 0 });
  const places = found.data ?? [];
  const nothing = found.isError ? t("desk.searchFailed") : found.data ? t("desk.nothingFound") : null;
  return (
    <AutoComplete
      className="place-search"
      value={text}
      onChange={setText}
      onSelect={(code: string) => {
        const place = places.find((one) => one.code === code);
        if (place) onFound(place);
        setText("");
      }}
      notFoundContent={q ? nothing : null}
      popupMatchSelectWidth={340}
      options={places.map((place) => ({
        value: place.code,
        label: (
          <div className="found">
            <span>{place.name}</span>
            <small>{place.chain_text}</small>
          </div>
        ),
      }))}
    >
      <Input
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t("desk.searchPlace")}
        aria-label={t("desk.searchPlace")}
        id="place-search"
        allowClear
      />
    </AutoComplete>
  );
}
