/**
 * The one template of the case marks, on a 32 × 32 field: shape by kind, filling by stage.
 * Paths are SVG path data, so that a canvas (`Path2D`) and an `<svg>` draw the same mark.
 */
import { KIND_COLOUR } from "./tokens";

const SHAPES: Readonly<Record<string, string>> = {
  problem_whistle: "M16 7a9 9 0 1 1 0 18a9 9 0 1 1 0-18z",
  service_whistle: "M11 7.5h10a3.5 3.5 0 0 1 3.5 3.5v10a3.5 3.5 0 0 1-3.5 3.5h-10" +
    "a3.5 3.5 0 0 1-3.5-3.5v-10a3.5 3.5 0 0 1 3.5-3.5z",
  tackling_whistle: "M16 5.5L26 24H6z",
  emergency_whistle: "M16 3.5L28.5 16L16 28.5L3.5 16z",
  none: "M12 7h8l5 9l-5 9h-8l-5-9z",
};

export interface Mark {
  path: string;
  colour: string;
  /** Part of the shape that is filled, from its lower edge: 0 none, 1 whole. */
  filled: number;
  dashed: boolean;
  /** Drawn inside the shape, as a path. */
  sign: { path: string; colour: string; solid: boolean } | null;
  /** Radius of the quiet dot that replaces the shape, for an answered case. */
  dot: number | null;
  late: boolean;
}

const TICK = "M11.5 16.5l3 3l6-6.5";
const BAR = "M11 16h10";
const DOT = "M16 13.2a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 1 1 0-5.6z";
const EXCLAIM = "M16 9.5v8M16 21v1.6";

function signOf(kind: string, stage: string, colour: string): Mark["sign"] {
  const onFull = kind === "tackling_whistle" ? "#243240" : "#FFFFFF";
  if (stage === "verify_close") return { path: TICK, colour: onFull, solid: false };
  if (stage === "evaluate") return { path: BAR, colour: onFull, solid: false };
  if (stage === "report_in") return { path: DOT, colour, solid: true };
  if (kind === "emergency_whistle") return { path: EXCLAIM, colour: "#243240", solid: false };
  return null;
}

/** `any` is no stage: a legend's sample of a kind. */
const FILLED: Readonly<Record<string, number>> = {
  any: 1,
  handle: 0.5,
  verify_close: 1,
  evaluate: 1,
};

/** What to draw for a case of this kind (null before any whistle) at this stage. */
export function markOf(kind: string | null, stage: string, late = false): Mark {
  const known = kind && kind in SHAPES ? kind : "none";
  const colour = KIND_COLOUR[known] ?? "#3F4F62";
  const answered = stage === "reply" || stage === "archived";
  return {
    path: SHAPES[known] ?? "",
    colour: answered ? "#7A8A9C" : colour,
    filled: FILLED[stage] ?? 0,
    dashed: stage === "collect",
    sign: answered ? null : signOf(known, stage, colour),
    dot: answered ? 4 : null,
    late,
  };
}
