import { useTranslation } from "react-i18next";

import { useFormat } from "../../words/format";

interface Props {
  severity: "error" | "warning";
  /** How many; without it the word stands alone. */
  count?: number;
}

/** Error or warning by shape, colour and word. */
export function FindingSign({ severity, count }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const none = count === 0;
  return (
    <span className={`finding-sign ${severity}${none ? " none" : ""}`}>
      <i aria-hidden>{severity === "error" ? "■" : "▲"}</i> {t(`editions.severity.${severity}`)}
      {count !== undefined && ` ${format.number(count)}`}
    </span>
  );
}
