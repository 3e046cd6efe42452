import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Rates } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  found: Rates;
  chosen: string | null;
  onChoose: (code: string) => void;
}

/** Every rate with what it was counted from; choosing one lists its cases. */
export function Figures({ found, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const rows = [
    ...found.rates.map((rate) => ({
      ...rate,
      figure: share(rate.value, format.number),
      counted: t("performance.of", {
        part: format.number(rate.numerator),
        whole: format.number(rate.denominator),
      }),
      excluded: rate.excluded,
      few: rate.small && rate.denominator > 0,
    })),
    ...found.hours.map((hours) => ({
      ...hours,
      figure:
        hours.counted === 0
          ? format.number(null)
          : t("performance.medianP90", {
              median: format.number(hours.median, 1),
              p90: format.number(hours.p90, 1),
            }),
      counted: format.number(hours.counted),
      excluded: 0,
      few: hours.small && hours.counted > 0,
    })),
  ];
  return (
    <table className="figures" data-testid="figures">
      <thead>
        <tr>
          <th scope="col">{t("performance.figure")}</th>
          <th scope="col">{t("performance.value")}</th>
          <th scope="col">{t("performance.counted")}</th>
          <th scope="col">{t("performance.excluded")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.code} aria-selected={row.code === chosen}>
            <th scope="row">
              <button type="button" className="link" onClick={() => onChoose(row.code)}>
                {say(row.name)}
              </button>
              <div className="quiet">{say(row.definition)}</div>
            </th>
            <td className="figure" data-testid={`figure-${row.code}`}>
              {row.figure} {row.few && <Tag>{t("performance.small")}</Tag>}
            </td>
            <td className="figure">{row.counted}</td>
            <td className="figure">{row.excluded > 0 ? format.number(row.excluded) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A share as a percentage with two digits; a dash where there is nothing to divide by. */
export function share(
  value: number | null,
  number: (value: number | null, digits?: number) => string,
): string {
  return value === null ? number(null) : `${number(value * 100, 2)}%`;
}
