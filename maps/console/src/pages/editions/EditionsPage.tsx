import { useQuery } from "@tanstack/react-query";
import { Empty } from "antd";
import { useTranslation } from "react-i18next";

import { editionsQuery } from "../../api/editions";
import type { Catalogue, Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../../parts/session/AppBar";
import { StaleBar, StatusLine } from "../../parts/session/StatusLine";
import { Boundary, Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { chosenOf } from "./choice";
import { EditionList } from "./EditionList";
import { EditionView } from "./EditionView";
import { History } from "./History";
import { useEditionsUrl } from "./useEditionsUrl";
import "./editions.css";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** Editions of the grid: what was noticed, what would change, and which one answers. */
export function EditionsPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  useLive(me.acts.includes("events.read"));
  const url = useEditionsUrl();
  const list = useQuery(editionsQuery());
  const chosen = list.data ? chosenOf(list.data.items, url.edition) : null;
  return (
    <div className="editions">
      <AppBar me={me}>
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main className="editions-main">
        <section className="edition-side" aria-label={t("editions.list")}>
          <Refreshing when={list.isRefetching} />
          <Boundary what={t("editions.list")}>
            {list.error && (
              <RegionError
                error={list.error}
                what={t("editions.listFailed")}
                onRetry={() => void list.refetch()}
              />
            )}
            {list.isPending && <Loading rows={8} />}
            {list.data && chosen && (
              <>
                <EditionList
                  items={list.data.items}
                  levels={catalogue.levels}
                  chosen={chosen.no}
                  onChoose={url.choose}
                />
                <History changes={list.data.history} />
              </>
            )}
          </Boundary>
        </section>
        <Boundary what={t("editions.edition")}>
          {list.data && !chosen && <Empty description={t("editions.none")} />}
          {list.data && chosen && (
            <EditionView
              key={chosen.no}
              list={list.data}
              edition={chosen}
              me={me}
              catalogue={catalogue}
              url={url}
            />
          )}
        </Boundary>
      </main>
      <StatusLine me={me} />
    </div>
  );
}
