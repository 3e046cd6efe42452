import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useTranslation } from "react-i18next";

import { rulesQuery } from "../../api/rules";
import type { Catalogue, Me } from "../../api/types";
import { Boundary, Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { chosenOf } from "./choice";
import { HandIn } from "./HandIn";
import { TableList } from "./TableList";
import { TableView } from "./TableView";
import type { RulesUrl } from "./useRulesUrl";

interface Props {
  me: Me;
  catalogue: Catalogue;
  url: RulesUrl;
}

/** All tables at the left, the chosen one at the right. */
export function TablesSection({ me, catalogue, url }: Props) {
  const { t } = useTranslation();
  const list = useQuery(rulesQuery());
  const chosen = list.data ? chosenOf(list.data.items, url.table) : null;
  return (
    <main className="rules-main">
      <section className="rules-side" aria-label={t("rules.list")}>
        <Refreshing when={list.isRefetching} />
        {list.error && (
          <RegionError
            error={list.error}
            what={t("rules.listFailed")}
            onRetry={() => void list.refetch()}
          />
        )}
        {list.isPending && <Loading rows={8} />}
        {list.data && (
          <>
            <div className="side-head">
              <h2>{t("rules.list")}</h2>
              {me.acts.includes("rules.stage") && <HandIn onDone={url.choose} />}
            </div>
            <TableList items={list.data.items} chosen={chosen?.no ?? 0} onChoose={url.choose} />
          </>
        )}
      </section>
      <Boundary key={chosen?.no} what={t("rules.list")}>
        {list.data && !chosen && <Empty description={t("rules.none")} />}
        {list.data && chosen && (
          <TableView list={list.data} table={chosen} me={me} catalogue={catalogue} url={url} />
        )}
      </Boundary>
    </main>
  );
}
