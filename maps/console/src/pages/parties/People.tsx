import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Empty, Input, Select, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { departmentsQuery, peopleQuery } from "../../api/parties";
import type { Catalogue, Person, PersonIn } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Found } from "../../parts/state/Found";
import { useSay } from "../../words/locale";
import { PersonDialog } from "./PersonDialog";

interface Props {
  catalogue: Catalogue;
  department: string | null;
  may: boolean;
  onDepartment: (code: string | null) => void;
}

const A_PAGE = 50;

/** The people who hold posts: for units, for departments, and for how long. */
export function People({ catalogue, department, may, onDepartment }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite();
  const today = useQuery(departmentsQuery()).data?.today;
  const [words, setWords] = useState("");
  const [post, setPost] = useState<string | null>(null);
  const [former, setFormer] = useState(false);
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<PersonIn | null>(null);
  const found = useQuery({
    ...peopleQuery({
      department,
      post,
      q: words.trim() || null,
      on: former ? null : (today ?? null),
      offset: (page - 1) * A_PAGE,
      limit: A_PAGE,
    }),
    placeholderData: keepPreviousData,
  });
  const departmentName = (code: string | null) =>
    say(catalogue.departments.find((row) => row.code === code)?.name) || code;
  const narrow = (change: () => void) => {
    setPage(1);
    change();
  };
  return (
    <section aria-label={t("parties.section.people")} data-testid="people">
      <div className="frame-acts">
        <Input.Search
          allowClear
          className="narrow"
          placeholder={t("parties.searchPeople")}
          aria-label={t("parties.searchPeople")}
          onSearch={(said) => narrow(() => setWords(said))}
        />
        <Select
          allowClear
          className="narrow"
          placeholder={t("parties.anyPost")}
          aria-label={t("parties.post")}
          value={post}
          onChange={(chosen: string | undefined) => narrow(() => setPost(chosen ?? null))}
          options={(catalogue.posts).map((row) => ({ value: row.code, label: say(row.name) }))}
        />
        <Select
          allowClear
          className="narrow"
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("parties.anyDepartment")}
          aria-label={t("parties.department")}
          value={department}
          onChange={(chosen: string | undefined) => onDepartment(chosen ?? null)}
          options={catalogue.departments.map((row) => ({ value: row.code, label: say(row.name) }))}
        />
        <Checkbox checked={former} onChange={(event) => narrow(() => setFormer(event.target.checked))}>
          {t("parties.former")}
        </Checkbox>
        <span className="between" />
        {may && (
          <Button
            type="primary"
            disabled={!canWrite}
            onClick={() => setOpen({ name: "", post: "grid_worker", department, valid_from: today ?? null })}
            data-testid="add-person"
          >
            {t("parties.addPerson")}
          </Button>
        )}
      </div>
      <Found query={found} failed={t("parties.failed")}>
        {(data) => (
        <Table<Person>
          size="small"
          rowKey="id"
          dataSource={data.items}
          pagination={{
            current: page,
            pageSize: A_PAGE,
            total: data.total,
            onChange: setPage,
            hideOnSinglePage: true,
            showSizeChanger: false,
          }}
          locale={{ emptyText: <Empty description={t("parties.noPeople")} /> }}
          columns={[
            { title: t("parties.person"), dataIndex: "name" },
            {
              title: t("parties.post"),
              render: (_, row) =>
                [say(row.post_name), row.employment && t(`parties.employment.${row.employment}`)]
                  .filter(Boolean)
                  .join(" · "),
            },
            { title: t("parties.unit"), render: (_, row) => row.unit_name ?? row.unit ?? "—" },
            { title: t("parties.department"), render: (_, row) => departmentName(row.department) ?? "—" },
            {
              title: t("parties.reached"),
              render: (_, row) => [row.phone, row.email].filter(Boolean).join(" · ") || "—",
            },
            {
              title: t("parties.term"),
              width: 200,
              className: "figure",
              render: (_, row) =>
                row.valid_from || row.valid_to ? `${row.valid_from ?? "…"} – ${row.valid_to ?? "…"}` : "—",
            },
            {
              title: "",
              width: 80,
              render: (_, row) =>
                may && (
                  <Button size="small" disabled={!canWrite} onClick={() => setOpen(row)}>
                    {t("parties.change")}
                  </Button>
                ),
            },
          ]}
        />
        )}
      </Found>
      {open && <PersonDialog old={open} catalogue={catalogue} onClose={() => setOpen(null)} />}
    </section>
  );
}
