import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Loading, Refreshing, RegionError } from "./Region";

interface Props<T> {
  query: UseQueryResult<T>;
  /** What failed, should it. */
  failed: string;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What was asked for, or that it is being fetched, or why it did not come. */
export function Found<T>({ query, failed, rows = 8, children }: Props<T>) {
  return (
    <>
      <Refreshing when={query.isRefetching} />
      {query.error && (
        <RegionError error={query.error} what={failed} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Loading rows={rows} />}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
