import { useTranslation } from "react-i18next";

import type { RuleTable } from "../../api/types";
import { useFormat } from "../../words/format";

interface Props {
  items: readonly RuleTable[];
  chosen: number;
  onChoose: (no: number) => void;
}

/** All tables, the newest first; a dot marks the one that answers today. */
export function TableList({ items, chosen, onChoose }: Props) {
  return (
    <ul className="plain rules-list" data-testid="rules-list">
      {items.map((table) => (
        <li key={table.no} className={table.no === chosen ? "open" : ""}>
          <button
            type="button"
            aria-current={table.no === chosen}
            onClick={() => onChoose(table.no)}
            data-testid={`table-${table.no}`}
          >
            <TableCard table={table} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Whom the server names for a table that came with a district's files. */
const IMPORT = "import";

function TableCard({ table }: { table: RuleTable }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tried } = table;
  return (
    <>
      <span className="first">
        <b>{t("rules.no", { no: table.no })}</b>
        <TableState state={table.state} />
        <span className="figure quiet">{t("rules.rows", { count: table.rows })}</span>
      </span>
      <span className="source" title={table.note ?? table.title}>
        {table.title}
      </span>
      <small className="quiet">
        {t("rules.stagedAt", {
          at: format.stamp(table.staged_at),
          by: table.staged_by === IMPORT ? t("rules.byImport") : table.staged_by,
        })}
        {tried && <br />}
        {tried && t("rules.triedAt", {
            changed: format.number(tried.changed),
            cases: format.number(tried.cases),
          })}
        {table.published_at && <br />}
        {table.published_at &&
          t(table.holds_from ? "rules.publishedAt" : "rules.publishedEver", {
            at: format.stamp(table.published_at),
            from: table.holds_from,
          })}
        {table.reason && <br />}
        {table.reason}
      </small>
    </>
  );
}

export function TableState({ state }: { state: RuleTable["state"] }) {
  const { t } = useTranslation();
  return (
    <span className={`table-state ${state}`}>
      <i aria-hidden>{state === "answering" ? "●" : state === "waiting" ? "◐" : "○"}</i>{" "}
      {t(`rules.state.${state}`)}
    </span>
  );
}
