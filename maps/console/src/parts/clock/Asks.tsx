import { useTranslation } from "react-i18next";

import type { CaseAsk, Catalogue } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  asks: readonly CaseAsk[];
  catalogue: Catalogue;
}

/** What was asked for on the way, and how it was decided. */
export function Asks({ asks, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const named = (list: string, code: string | null) =>
    say(catalogue.lists[list]?.find((one) => one.code === code)?.name);
  return (
    <ul className="plain asks" data-testid="asks">
      {asks.map((asked) => {
        const party = catalogue.departments.find((one) => one.code === asked.department);
        return (
          <li key={asked.no}>
            <div>
              {asked.no}. {named("ask_kind", asked.kind)}
              {asked.amount !== null && ` ${asked.amount} ${named("time_unit", asked.unit)}`}
              {party && <span className="quiet"> · {say(party.name)}</span>}
              {" — "}
              {asked.reason}
            </div>
            <div className="quiet">
              {format.stamp(asked.asked_at)} ·{" "}
              {asked.decided_at === null
                ? t("case.askWaits")
                : t(asked.granted ? "case.askGranted" : "case.askRefused", {
                    at: format.stamp(asked.decided_at),
                  })}
              {asked.answer && ` · ${asked.answer}`}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
