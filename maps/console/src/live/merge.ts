/** Bursts of events merged into one change, so that the desk redraws at most once a second. */

export interface CaseChange {
  case_no: string;
  kind: string | null;
  stage: string;
  at: string;
  units: string[];
  emergency: boolean;
  generated: boolean;
}

export interface Burst {
  cases: Map<string, CaseChange>;
  edition: number | null;
}

export function emptyBurst(): Burst {
  return { cases: new Map(), edition: null };
}

export function isEmpty(burst: Burst): boolean {
  return burst.cases.size === 0 && burst.edition === null;
}

/** The later change of a case wins; an emergency within the burst is not forgotten. */
export function addCase(burst: Burst, change: CaseChange): Burst {
  const before = burst.cases.get(change.case_no);
  const cases = new Map(burst.cases);
  const emergency = change.emergency || (before?.emergency ?? false);
  cases.set(change.case_no, { ...change, emergency });
  return { ...burst, cases };
}

export function addEdition(burst: Burst, edition: number): Burst {
  return { ...burst, edition: Math.max(edition, burst.edition ?? 0) };
}

type Timer = { set: (run: () => void, ms: number) => unknown };

/** Collects changes and hands them on `ms` after the first, and never more often. */
export class Merger {
  private burst = emptyBurst();
  private waiting = false;

  constructor(
    private readonly hand: (burst: Burst) => void,
    private readonly ms = 1000,
    private readonly timer: Timer = { set: (run, wait) => setTimeout(run, wait) },
  ) {}

  take(change: (burst: Burst) => Burst): void {
    this.burst = change(this.burst);
    if (this.waiting || isEmpty(this.burst)) return;
    this.waiting = true;
    this.timer.set(() => {
      const burst = this.burst;
      this.burst = emptyBurst();
      this.waiting = false;
      this.hand(burst);
    }, this.ms);
  }
}
