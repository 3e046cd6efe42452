import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { suggestQuery } from "../../api/suggestions";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { Chips } from "../ground/Chips";

interface Props {
  text: string;
  chosen: unknown;
  onChoose: (category: string) => void;
}

/** The categories that the text may mean, to be taken or left: none is chosen by itself. */
export function Suggested({ text, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const { number } = useFormat();
  const { data } = useQuery(suggestQuery(text));
  if (!data || data.items.length === 0) return null;
  return (
    <div className="hint" data-testid="suggested" aria-live="polite">
      <p className="quiet">{t(data.sure ? "case.suggested" : "case.suggestedUnsure")}</p>
      <Chips<unknown>
        label={t("case.suggested")}
        chips={data.items.map(({ category, confidence }) => ({
          value: category.code,
          label: `${say(category.name)} ${number(Math.min(confidence * 100, 99))}%`,
        }))}
        chosen={chosen}
        same={(one, other) => one === other}
        onChoose={(category) => onChoose(String(category))}
      />
    </div>
  );
}
