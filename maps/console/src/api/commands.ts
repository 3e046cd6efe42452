/** What changes something on the server. */
import { api, taken } from "./client";
import { heard } from "./heard";
import { isProblem } from "./problem";
import type { CaseOut, ReportIn } from "./types";

export const login = async (account: { login: string; password: string }) =>
  heard(await taken(api.POST("/api/session", { body: account })));

export const logout = () => taken(api.DELETE("/api/session"));

export const sendReport = (report: ReportIn, key: string) =>
  taken(
    api.POST("/api/reports", { body: report, params: { header: { "Idempotency-Key": key } } }),
  );

export const makeMove = (caseNo: string, move: string, fields: Record<string, unknown>) =>
  taken(
    api.POST("/api/cases/{case_no}/{move}", {
      params: { path: { case_no: caseNo, move } },
      body: fields,
    }),
  ) as Promise<CaseOut>;

/** Whether anything answers at all, even if only to ask for a login. */
export async function serverAnswers(): Promise<boolean> {
  try {
    await taken(api.GET("/api/me"));
    return true;
  } catch (error) {
    return isProblem(error) && !error.unanswered && error.status < 500;
  }
}
