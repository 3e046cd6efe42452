import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Input, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { departmentsQuery } from "../../api/parties";
import type { DepartmentRow } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Found } from "../../parts/state/Found";
import { useFormat } from "../../words/format";
import { useLocale, useSay } from "../../words/locale";
import { SuccessorDialog } from "./SuccessorDialog";

const fits = (row: DepartmentRow, words: string) =>
  [row.code, row.name_zh, row.name_en, row.short_zh ?? "", ...row.aliases].some((name) =>
    name.toLowerCase().includes(words),
  );

/** Every department, also those whose work others have taken over. */
export function Departments({ onPeople }: { onPeople: (code: string) => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const lang = useLocale((state) => state.lang);
  const canWrite = useCanWrite();
  const found = useQuery(departmentsQuery());
  const [words, setWords] = useState("");
  const [ending, setEnding] = useState<DepartmentRow | null>(null);
  const name = (row: DepartmentRow | undefined) => (lang === "en" ? row?.name_en : row?.name_zh);
  const named = (code: string) => name(found.data?.items.find((row) => row.code === code)) ?? code;
  const rows = (all: DepartmentRow[]) => all.filter((row) => fits(row, words.trim().toLowerCase()));
  return (
    <section aria-label={t("parties.section.departments")} data-testid="departments">
      <Input.Search
        allowClear
        className="narrow"
        placeholder={t("parties.search")}
        aria-label={t("parties.search")}
        onChange={(event) => setWords(event.target.value)}
      />
      <Found query={found} failed={t("parties.failed")}>
        {(data) => (
        <Table<DepartmentRow>
          size="small"
          rowKey="code"
          dataSource={rows(data.items)}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty description={t("parties.noDepartments")} /> }}
          columns={[
            {
              title: t("parties.name"),
              render: (_, row) => (
                <>
                  {name(row)}
                  {row.aliases.length > 0 && (
                    <div className="quiet">{row.aliases.join(t("state.comma"))}</div>
                  )}
                </>
              ),
            },
            { title: t("parties.code"), render: (_, row) => <code>{row.code}</code> },
            { title: t("parties.kind"), width: 120, render: (_, row) => say(row.kind_name) },
            {
              title: t("parties.validity"),
              width: 220,
              render: (_, row) => (
                <span className={row.state === "ended" ? "quiet" : ""}>
                  {t(`parties.state.${row.state}`)}
                  {(row.valid_from || row.valid_to) &&
                    ` ${row.valid_from ?? "…"} – ${row.valid_to ?? "…"}`}
                  {row.successor && (
                    <div>{t("parties.succeededBy", { name: named(row.successor) })}</div>
                  )}
                </span>
              ),
            },
            {
              title: t("parties.openCases"),
              width: 90,
              className: "figure",
              sorter: (a, b) => a.open_cases - b.open_cases,
              render: (_, row) =>
                row.open_cases ? (
                  <Link to={`/?department=${row.code}`}>{format.number(row.open_cases)}</Link>
                ) : (
                  0
                ),
            },
            {
              title: t("parties.people"),
              width: 90,
              className: "figure",
              render: (_, row) => (
                <button type="button" className="link" onClick={() => onPeople(row.code)}>
                  {format.number(row.people)}
                </button>
              ),
            },
            {
              title: "",
              width: 110,
              render: (_, row) =>
                data.may_write &&
                row.state === "valid" && (
                  <Button
                    size="small"
                    disabled={!canWrite}
                    onClick={() => setEnding(row)}
                    data-testid={`succeed-${row.code}`}
                  >
                    {t("parties.succeed")}
                  </Button>
                ),
            },
          ]}
        />
        )}
      </Found>
      {ending && found.data && (
        <SuccessorDialog old={ending} others={found.data.items} onClose={() => setEnding(null)} />
      )}
    </section>
  );
}
