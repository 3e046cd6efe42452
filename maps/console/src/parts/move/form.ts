/** From a move's fields, as the catalogue lists them, to a form and back to a request. */
import type { CaseOut, LonLat, Move, MoveField, Photo } from "../../api/types";

/** Photos that were sent already, as the form shows them; the request names their ids. */
export interface Shown {
  photos: Photo[];
}
export type Value = string | number | boolean | string[] | Shown | LonLat | null | undefined;
export type Values = Record<string, Value>;

/** A field of several departments also asks which of them leads. */
export const LEAD = "lead";

/** What the form starts from: the departments and the category that the case already has. */
export function startValues(fields: readonly MoveField[], found: CaseOut): Values {
  const values: Values = {};
  for (const field of fields) {
    if (field.type === "departments" && found.departments.length > 0) {
      values[field.name] = found.departments.map((party) => party.code);
      values[LEAD] = found.departments.find((party) => party.role === "lead")?.code;
    }
    if (field.type === "department") {
      const waiting = found.departments.filter((party) => !party.reported_in_at);
      if (waiting.length === 1) values[field.name] = waiting[0]?.code;
    }
    if (field.type === "category") values[field.name] = found.category?.code;
    if (field.type === "kind") values[field.name] = found.kind;
  }
  return values;
}

export function isEmpty(value: Value): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  if (typeof value === "object" && "photos" in value) return value.photos.length === 0;
  return Array.isArray(value) && value.length === 0;
}

/** Names of required fields that are still empty. */
export function missing(fields: readonly MoveField[], values: Values): string[] {
  return fields.filter((f) => f.required && isEmpty(values[f.name])).map((f) => f.name);
}

/** The request's body: filled fields only, the lead only if it is among the departments. */
export function bodyOf(
  fields: readonly MoveField[],
  values: Values,
  version: number,
): Record<string, unknown> {
  const body: Record<string, unknown> = { version };
  for (const field of fields) {
    const value = values[field.name];
    if (isEmpty(value)) continue;
    body[field.name] = typeof value === "string" ? value.trim() : value;
    if (field.type === "photos") body[field.name] = (value as Shown).photos.map((one) => one.id);
    if (field.type !== "departments" || !Array.isArray(value)) continue;
    const lead = values[LEAD];
    body[LEAD] = typeof lead === "string" && value.includes(lead) ? lead : value[0];
  }
  return body;
}

/** The moves to offer: legal now and permitted, in the catalogue's order. */
export function offered(catalogue: readonly Move[], legal: readonly string[]): Move[] {
  return catalogue.filter((move) => legal.includes(move.code));
}

/** The one move to stress: the first that carries the case forward to another stage. */
export function leading(moves: readonly Move[], order: readonly string[], stage: string): Move | null {
  const at = order.indexOf(stage);
  return moves.find(({ to }) => to !== null && order.indexOf(to) === at + 1) ?? null;
}
