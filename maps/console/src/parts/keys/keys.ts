/** Which act a key stands for. Acts that call people or close a case have no key. */
export type KeyAct =
  | "next"
  | "previous"
  | "open"
  | "close"
  | "search"
  | "nextCase"
  | "previousCase"
  | "fit"
  | "layers"
  | "help";

const ACTS: Readonly<Record<string, KeyAct>> = {
  j: "next",
  ArrowDown: "next",
  k: "previous",
  ArrowUp: "previous",
  Enter: "open",
  Escape: "close",
  "/": "search",
  "]": "nextCase",
  "[": "previousCase",
  f: "fit",
  l: "layers",
  "?": "help",
};

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

export interface Focus {
  /** A field that takes text, or a list of choices, has the focus. */
  field: boolean;
  /** Something that a key of its own already works: a button, a link. */
  control: boolean;
}

/** The act of a key press, or null where the key belongs to what has the focus. */
export function actOf(press: Press, focus: Focus): KeyAct | null {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const act = ACTS[key] ?? null;
  if (focus.field && act !== "close") return null;
  if (focus.control && act === "open") return null;
  return act;
}

export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return { field: false, control: false };
  const field = target.closest(
    "input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox], .ant-modal, .ant-select-dropdown",
  );
  return { field: field !== null, control: target.closest("button, a, [role=button], [type=checkbox]") !== null };
}
