import { Alert, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Component } from "react";
import type { TFunction } from "i18next";
import i18next from "i18next";
import { useTranslation } from "react-i18next";

import { isProblem } from "../../api/problem";

/** What went wrong as a sentence: the server's own, or that no answer came. */
export function sentence(error: unknown, t: TFunction): string {
  if (isProblem(error)) {
    if (error.unanswered) return t("state.unanswered");
    return error.body.detail ?? error.body.title ?? t("state.failedStatus", { status: error.status });
  }
  return t("state.broken");
}

/** Whether anything was saved, and what to do next. */
function outcome(error: unknown, reading: boolean, t: TFunction): string {
  if (reading) return t("state.nothingLost");
  return t(isProblem(error) && error.unanswered ? "state.unsure" : "state.notSaved");
}

interface ErrorProps {
  error: unknown;
  what: string;
  /** True after a read: nothing could have been lost. */
  reading?: boolean;
  onRetry?: () => void;
}

/** What failed, whether anything was saved, what to do, and a number to quote. */
export function RegionError({ error, what, reading = true, onRetry }: ErrorProps) {
  const { t } = useTranslation();
  const number = isProblem(error) ? error.body.error_no : undefined;
  return (
    <Alert
      type="error"
      showIcon
      className="region-error"
      title={what}
      description={
        <>
          <div>{sentence(error, t)}</div>
          <div>{outcome(error, reading, t)}</div>
          {number && (
            <div className="quiet">
              {t("state.errorNo")} <code>{number}</code>
            </div>
          )}
          {onRetry && (
            <Button size="small" className="retry" onClick={onRetry}>
              {t("state.retry")}
            </Button>
          )}
        </>
      }
    />
  );
}

/** A skeleton that stays away for the first 200 ms. */
export function Loading({ rows = 4 }: { rows?: number }) {
  return (
    <div className="loading" aria-busy="true">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** A thin bar above rows that are being fetched again. */
export function Refreshing({ when }: { when: boolean }) {
  return <div className={when ? "refreshing on" : "refreshing"} aria-hidden />;
}

interface BoundaryProps {
  what: string;
  children: ReactNode;
}

/** Keeps a region's failure to itself. */
export class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <RegionError
        error={this.state.error}
        what={i18next.t("state.regionFailed", { what: this.props.what })}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
