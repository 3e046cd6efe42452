import { useTranslation } from "react-i18next";

import { useNow } from "../../clock/useNow";
import type { CaseClock, Catalogue } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  clocks: readonly CaseClock[];
  catalogue: Catalogue;
}

type State = "void" | "standing" | "broken" | "kept" | "running";

/** How a clock stands, by its own moments; the screen's time only runs out what the server let run. */
export function stateOf(clock: CaseClock, now: number): State {
  if (clock.standing) return "standing";
  if (clock.broken) return "broken";
  if (clock.void) return "void";
  if (clock.stopped_at) return "kept";
  return Date.parse(clock.due_at) < now ? "broken" : "running";
}

/** Every limit that runs or has run on the case, those that run first. */
export function Clocks({ clocks, catalogue }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const now = useNow();
  const sorted = [...clocks].sort(
    (a, b) => Number(Boolean(a.stopped_at)) - Number(Boolean(b.stopped_at)) || a.no - b.no,
  );
  return (
    <ul className="plain clocks" data-testid="clocks">
      {sorted.map((clock) => {
        const party = catalogue.departments.find((one) => one.code === clock.department);
        const state = stateOf(clock, now);
        return (
          <li key={clock.no} className={`case-clock clock-${state}`}>
            <span className="clock-name">
              {say(clock.name)}
              {party && <span className="quiet"> · {say(party.name)}</span>}
              {clock.extended > 0 && (
                <span className="quiet"> · {t("case.extended", { count: clock.extended })}</span>
              )}
            </span>
            <span title={t("case.clockFrom", { at: format.stamp(clock.started_at) })}>
              {format.stamp(clock.due_at)}
            </span>
            <span className="clock-state">{t(`case.clock.${state}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
