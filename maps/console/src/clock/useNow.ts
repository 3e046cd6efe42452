/** One clock for the tab, set by the server and read at the pace a view needs. */
import { useSyncExternalStore } from "react";

let offset = 0;

/** Sets the clock by an instant the server has just told. */
export function setClock(serverNow: string): void {
  offset = Date.parse(serverNow) - Date.now();
}

export function now(): number {
  return Date.now() + offset;
}

function every(step: number): (changed: () => void) => () => void {
  return (changed) => {
    const timer = setInterval(changed, Math.min(step, 15_000));
    return () => clearInterval(timer);
  };
}

const SECOND = every(1000);
const MINUTE = every(60_000);

/** The time, rounded down to `step` ms (1,000 or 60,000) so that views redraw no oftener. */
export function useNow(step: 1000 | 60_000 = 60_000): number {
  return useSyncExternalStore(
    step === 1000 ? SECOND : MINUTE,
    () => Math.floor(now() / step) * step,
  );
}
