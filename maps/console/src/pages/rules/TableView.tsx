import { DownloadOutlined } from "@ant-design/icons";
import { Button, Tabs } from "antd";
import { useTranslation } from "react-i18next";

import { tableFile } from "../../api/rules";
import type { Catalogue, Me, RuleTable, RuleTableList } from "../../api/types";
import { Boundary } from "../../parts/state/Region";
import type { Tab } from "./choice";
import { TABS } from "./choice";
import { FindingsTab } from "./FindingsTab";
import { PublishAct } from "./PublishAct";
import { RowsTab } from "./RowsTab";
import { TableState } from "./TableList";
import { TrialTab } from "./TrialTab";
import type { RulesUrl } from "./useRulesUrl";

interface Props {
  list: RuleTableList;
  table: RuleTable;
  me: Me;
  catalogue: Catalogue;
  url: RulesUrl;
}

/** One table: what is wrong with it, whom it moves, its rows, and the act of publishing it. */
export function TableView({ list, table, me, catalogue, url }: Props) {
  const { t } = useTranslation();
  const { no } = table;
  return (
    <section className="rules-view" aria-label={t("rules.no", { no })}>
      <header className="rules-head">
        <h2 data-testid="table-no">{t("rules.no", { no })}</h2>
        <TableState state={table.state} />
        <span className="quiet source" title={table.title}>
          {table.title}
        </span>
        <Button
          icon={<DownloadOutlined />}
          href={tableFile(no)}
          download={`rules-${no}.xlsx`}
          data-testid="table-file"
        >
          {t("rules.download")}
        </Button>
        {table.state === "staged" && me.acts.includes("rules.publish") && (
          <PublishAct list={list} table={table} />
        )}
      </header>
      <Tabs
        activeKey={url.tab}
        onChange={(tab) => url.show(tab as Tab)}
        items={TABS.map((key) => ({ key, label: t(`rules.tab.${key}`) }))}
      />
      <Boundary key={url.tab} what={t(`rules.tab.${url.tab}`)}>
        {url.tab === "findings" && <FindingsTab table={table} me={me} exposed={url.exposed} />}
        {url.tab === "trial" && <TrialTab table={table} today={list.today} acts={me.acts} />}
        {url.tab === "rows" && <RowsTab table={table} catalogue={catalogue} />}
      </Boundary>
    </section>
  );
}
