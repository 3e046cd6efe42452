import type { TableRef } from "antd/es/table";
import { useRef, useState } from "react";

import type { Look } from "../../map/EditionMap";
import type { Marked } from "../../map/marked";
import { boxOf } from "../../map/marked";

export const ROWS_A_PAGE = 50;

/** One piece of ground, chosen in the table or on the map, and known to both. */
export function useChosen(marked: readonly Marked[], order: readonly number[]) {
  const table = useRef<TableRef>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const [page, setPage] = useState(1);
  return {
    table,
    chosen,
    look,
    page,
    setPage,
    /** From the table: the map goes there. */
    fly: (no: number) => {
      setChosen(no);
      const geometry = marked.find((piece) => piece.no === no)?.geometry;
      const bounds = geometry && boxOf(geometry);
      if (bounds) setLook((before) => ({ bounds, wish: (before?.wish ?? 0) + 1 }));
    },
    /** From the map: the table shows the row. */
    pick: (no: number) => {
      setChosen(no);
      const at = order.indexOf(no);
      if (at >= 0) setPage(Math.floor(at / ROWS_A_PAGE) + 1);
      requestAnimationFrame(() => table.current?.scrollTo({ key: no }));
    },
  };
}

/** What makes a table's row a thing to choose, with mouse and keys. */
export function choosable(no: number, chosen: number | null, onChoose: (no: number) => void) {
  return {
    tabIndex: 0,
    "aria-selected": no === chosen,
    onClick: () => onChoose(no),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Enter" && !event.nativeEvent.isComposing) onChoose(no);
    },
  };
}
