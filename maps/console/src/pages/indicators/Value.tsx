import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { IndicatorValue } from "../../api/types";

/** An entered value with where it comes from; nothing entered is a dash. */
export function Value({ entry, name }: { entry: IndicatorValue | undefined; name?: string }) {
  const { t } = useTranslation();
  const shown = entry?.value ?? "—";
  return (
    <span data-testid={name && `value-${name}`} title={entry?.note ?? undefined}>
      {shown} {entry?.uncertain && <Tag>{t("indicators.uncertain")}</Tag>}
      {entry && <div className="quiet">{t(`indicators.origin.${entry.origin}`)}</div>}
    </span>
  );
}
