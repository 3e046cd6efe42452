/** How sure a place is, in whole percents. */

/** What is neither certain nor impossible never reads so. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  const bounded = share >= 1 ? 100 : share <= 0 ? 0 : Math.min(99, Math.max(1, rounded));
  return `${bounded}%`;
}

/** Whether there is any doubt worth a word; an address is never quite certain. */
export function doubtful(method: string | null, confidence: number | null | undefined): boolean {
  if (typeof confidence !== "number") return false;
  return method === "address" || confidence < 1;
}
