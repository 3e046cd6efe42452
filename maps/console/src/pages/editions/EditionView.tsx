import { Empty, Tabs } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, EditionList, EditionRow, Me } from "../../api/types";
import { Boundary } from "../../parts/state/Region";
import type { Tab } from "./choice";
import { againstOf, stateOf, TABS } from "./choice";
import { Compare } from "./Compare";
import { EditionState } from "./EditionList";
import { Findings } from "./Findings";
import { PublishAct } from "./PublishAct";
import { RejudgingTab } from "./RejudgingTab";
import type { EditionsUrl } from "./useEditionsUrl";

interface Props {
  list: EditionList;
  edition: EditionRow;
  me: Me;
  catalogue: Catalogue;
  url: EditionsUrl;
}

/** One edition: its findings, what it changes, whom it concerns, and the act of publishing it. */
export function EditionView({ list, edition, me, catalogue, url }: Props) {
  const { t } = useTranslation();
  const against = againstOf(list, edition.no, url.against);
  return (
    <section className="edition-view" aria-label={t("editions.no", { no: edition.no })}>
      <header className="edition-head">
        <h2 data-testid="edition-no">{t("editions.no", { no: edition.no })}</h2>
        <EditionState state={stateOf(edition)} />
        <span className="quiet source" title={edition.attribution}>
          {edition.source} · {edition.attribution}
        </span>
        <PublishAct list={list} edition={edition} acts={me.acts} />
      </header>
      <Tabs
        activeKey={url.tab}
        onChange={(tab) => url.show(tab as Tab)}
        items={TABS.map((key) => ({ key, label: t(`editions.tab.${key}`) }))}
      />
      <Boundary key={url.tab} what={t(`editions.tab.${url.tab}`)}>
        {url.tab === "findings" && <Findings edition={edition} me={me} url={url} />}
        {url.tab === "changes" &&
          (against === null ? (
            <Empty description={t("editions.nothingToCompare")} />
          ) : (
            <Compare
              edition={edition}
              against={against}
              items={list.items}
              me={me}
              levels={catalogue.levels}
              url={url}
            />
          ))}
        {url.tab === "rejudging" && (
          <RejudgingTab edition={edition} acts={me.acts} catalogue={catalogue} />
        )}
      </Boundary>
    </section>
  );
}
