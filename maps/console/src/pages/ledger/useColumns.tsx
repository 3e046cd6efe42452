import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { LedgerLine } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { Called } from "./Called";

const DASH = "—";

/** The columns of the ledger; what is empty is a dash. */
export function useColumns(): TableColumnsType<LedgerLine> {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const who = (one: LedgerLine["whistled"]) =>
    one ? (
      <>
        {one.name}
        <div className="quiet">
          {say(one.post)} {format.stamp(one.at)}
        </div>
      </>
    ) : (
      DASH
    );
  return [
    {
      title: t("ledger.case"),
      fixed: "left",
      width: 150,
      render: (_, row) => (
        <>
          <Link to={`/?case=${row.case_no}`}>{row.case_no}</Link>
          <div className="quiet">{say(row.stage)}</div>
        </>
      ),
    },
    {
      title: t("ledger.matter"),
      width: 260,
      render: (_, row) => (
        <div className="long">
          {say(row.category) || DASH}
          <div className="quiet">{row.text}</div>
        </div>
      ),
    },
    {
      title: t("ledger.place"),
      width: 150,
      render: (_, row) => (
        <>
          {[row.street, row.community].filter(Boolean).join(" ") || DASH}
          <div className="quiet">{row.place}</div>
        </>
      ),
    },
    {
      title: t("ledger.received"),
      width: 130,
      className: "figure",
      render: (_, row) => (
        <>
          {format.stamp(row.opened_at)}
          <div className="quiet">{say(row.channel)}</div>
        </>
      ),
    },
    {
      title: t("ledger.whistle"),
      width: 170,
      render: (_, row) => (
        <>
          {say(row.kind) || DASH}
          <div>{row.whistled && who(row.whistled)}</div>
        </>
      ),
    },
    {
      title: t("ledger.departments"),
      width: 300,
      render: (_, row) =>
        row.departments.length > 0
          ? row.departments.map((one) => <Called key={one.code} one={one} />)
          : DASH,
    },
    {
      title: t("ledger.limits"),
      width: 170,
      render: (_, row) => (
        <>
          {t("ledger.keptLimits", { count: row.clocks.kept })}
          {row.clocks.broken.map((one, place) => (
            <div key={place}>{t("ledger.broken", { what: say(one) })}</div>
          ))}
          {row.supervision && <div>{say(row.supervision)}</div>}
        </>
      ),
    },
    {
      title: t("ledger.result"),
      width: 230,
      render: (_, row) => (
        <div className="long">
          {say(row.outcome) || DASH} {row.closed_at && format.stamp(row.closed_at)}
          <div className="quiet">{row.result}</div>
          {row.reworks > 0 && t("ledger.reworks", { count: row.reworks })}
        </div>
      ),
    },
    { title: t("ledger.verified"), width: 160, render: (_, row) => who(row.verified) },
    {
      title: t("ledger.score"),
      width: 70,
      className: "figure",
      render: (_, row) => format.number(row.score),
    },
    {
      title: t("ledger.reply"),
      width: 220,
      render: (_, row) => (
        <div className="long">
          {row.reply ?? DASH}
          {row.satisfied && (
            <div className="quiet">
              {t("ledger.reporter", { opinion: say(row.satisfied) })} {row.satisfied_reason}
            </div>
          )}
        </div>
      ),
    },
  ];
}
