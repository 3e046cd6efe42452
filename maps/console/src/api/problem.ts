/** The one error type: what RFC 9457 documents and broken connections become. */

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  error_no?: string;
  legal?: string[];
  errors?: { path: string; message: string }[];
  /** Cells of a table that was handed in: line, column, and the reason in both languages. */
  faults?: { line: number; column: string; zh: string; en: string }[];
  current?: unknown;
}

export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
  }

  /** True when no answer came, so that nobody knows whether anything was saved. */
  get unanswered(): boolean {
    return this.status === 0;
  }

  /** Last word of the problem's type: `illegal-move`, `conflict`. */
  get kind(): string {
    return this.body.type?.split("/").pop() ?? "";
  }
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}
