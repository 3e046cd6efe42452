import { useTranslation } from "react-i18next";

import type { Catalogue, EditionRow } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { stateOf } from "./choice";
import { FindingSign } from "./FindingSign";

interface Props {
  items: readonly EditionRow[];
  levels: Catalogue["levels"];
  chosen: number;
  onChoose: (no: number) => void;
}

/** All editions, the newest first; a dot marks the one that answers. */
export function EditionList({ items, levels, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t("editions.list")}</h2>
      <ul className="plain edition-list" data-testid="edition-list">
        {items.map((edition) => (
          <li key={edition.no} className={edition.no === chosen ? "open" : ""}>
            <button
              type="button"
              aria-current={edition.no === chosen}
              onClick={() => onChoose(edition.no)}
              data-testid={`edition-${edition.no}`}
            >
              <EditionCard edition={edition} levels={levels} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function EditionCard({ edition, levels }: { edition: EditionRow; levels: Catalogue["levels"] }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const state = stateOf(edition);
  const counted = levels.filter(({ level }) => edition.units?.[level]);
  return (
    <>
      <span className="first">
        <b>{t("editions.no", { no: edition.no })}</b>
        <EditionState state={state} />
        <span className="signs">
          <FindingSign severity="error" count={edition.errors} />
          <FindingSign severity="warning" count={edition.warnings} />
        </span>
      </span>
      <span className="source" title={edition.source}>
        {edition.source}
      </span>
      <span className="units">
        {counted.map(({ level, name }) => (
          <span key={level}>
            {say(name)} {format.number(edition.units?.[level])}
          </span>
        ))}
      </span>
      <small className="quiet">
        {t("editions.stagedAt", { at: format.stamp(edition.staged_at) })}
        {edition.published_at && (
          <>
            <br />
            {t("editions.publishedAt", { at: format.stamp(edition.published_at) })}
          </>
        )}
      </small>
    </>
  );
}

export function EditionState({ state }: { state: ReturnType<typeof stateOf> }) {
  const { t } = useTranslation();
  return (
    <span className={`edition-state ${state}`}>
      <i aria-hidden>{state === "answering" ? "●" : "○"}</i> {t(`editions.state.${state}`)}
    </span>
  );
}
