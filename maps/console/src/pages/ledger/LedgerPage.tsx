import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Button, Empty, Table } from "antd";
import { useTranslation } from "react-i18next";

import { ledgerFile, ledgerQuery } from "../../api/ledger";
import type { Catalogue, LedgerLine, Me } from "../../api/types";
import { Page } from "../../parts/page/Page";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { Filters } from "./Filters";
import { useColumns } from "./useColumns";
import { useLedgerUrl } from "./useLedgerUrl";

interface Props {
  me: Me;
  catalogue: Catalogue;
}

/** Every case of a period from its first word to its last, as the record tells it. */
export function LedgerPage({ me, catalogue }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const url = useLedgerUrl();
  const found = useInfiniteQuery(ledgerQuery(url.question));
  const saving = useMutation({ mutationFn: ledgerFile });
  const columns = useColumns();
  const first = found.data?.pages[0];
  return (
    <Page me={me} title={t("ledger.title")}>
      <Filters url={url} catalogue={catalogue} />
      <div className="choices">
        <span data-testid="ledger-total">
          {first &&
            t(first.total_capped ? "ledger.more" : "ledger.total", {
              total: format.number(first.total),
            })}
        </span>
        <Button
          size="small"
          icon={<DownloadOutlined />}
          loading={saving.isPending}
          onClick={() => saving.mutate(url.question)}
          data-testid="ledger-file"
        >
          {t("ledger.download")}
        </Button>
      </div>
      {saving.error && <RegionError error={saving.error} what={t("ledger.fileFailed")} />}
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("ledger.failed")}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={10} />}
      {found.data && (
        <Table<LedgerLine>
          size="small"
          rowKey="case_no"
          dataSource={found.data.pages.flatMap((page) => page.items)}
          pagination={false}
          scroll={{ x: 1900 }}
          locale={{ emptyText: <Empty description={t("ledger.none")} /> }}
          columns={columns}
          data-testid="ledger"
        />
      )}
      {found.hasNextPage && (
        <Button
          block
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
          data-testid="ledger-more"
        >
          {t("ledger.loadMore")}
        </Button>
      )}
    </Page>
  );
}
