import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { caseQuery, casesHeadQuery, casesQuery } from "../../api/queries";
import type { CaseOut, CaseQuestion, CaseRow } from "../../api/types";
import { shownRows, unseen } from "./rows";

export interface CaseList {
  rows: CaseRow[];
  total: number | null;
  capped: boolean;
  /** Rows that have arrived and wait for a click. */
  unseen: number;
  loading: boolean;
  refreshing: boolean;
  empty: boolean;
  error: Error | null;
  more: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  refresh: () => void;
}

/** The work list: read once in pages, its rows brought up to date in place behind it. */
export function useCaseList(question: CaseQuestion, openCase: string | null): CaseList {
  const client = useQueryClient();
  const list = useInfiniteQuery(casesQuery(question));
  const head = useQuery({ ...casesHeadQuery(question), enabled: list.isSuccess });
  const open = useQuery({ ...caseQuery(openCase ?? ""), enabled: openCase !== null });

  const rows = useMemo(() => {
    const newer: CaseRow[] = [...(head.data?.items ?? [])];
    if (open.data) newer.push(rowOf(open.data));
    return shownRows(list.data?.pages ?? [], newer);
  }, [list.data, head.data, open.data]);

  const counted = head.data ?? list.data?.pages[0];
  return {
    rows,
    total: counted?.total ?? null,
    capped: counted?.total_capped ?? false,
    unseen: list.isFetching ? 0 : unseen(rows, head.data),
    loading: list.isPending,
    refreshing: list.isRefetching || (head.isFetching && !head.isPending),
    empty: list.isSuccess && rows.length === 0,
    error: list.error ?? head.error,
    more: list.hasNextPage,
    loadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    refresh: () => {
      // The newest rows are at hand already: they become the first page, and no row blinks.
      if (head.data && !list.isError) {
        const pages = { pages: [head.data], pageParams: [null] };
        client.setQueryData(casesQuery(question).queryKey, pages);
      } else void list.refetch();
      void head.refetch();
    },
  };
}

/** A whole case as a row of the list. */
function rowOf(found: CaseOut): CaseRow {
  const { lon, lat } = found.location ?? { lon: null, lat: null };
  return { ...found, location: lon === null || lat === null ? null : { lon, lat } };
}
