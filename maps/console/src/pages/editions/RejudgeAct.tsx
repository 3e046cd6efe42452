import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { rejudgeCases } from "../../api/editions";
import { useCanWrite } from "../../live/connection";
import { RegionError } from "../../parts/state/Region";
import { useCounted } from "./useCounted";

interface Props {
  /** How many open cases were judged by another edition. */
  pending: number | null;
}

/** Judges the open cases again by the edition that answers, and says what came of it. */
export function RejudgeAct({ pending }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const counted = useCounted();
  const sending = useMutation({
    mutationFn: rejudgeCases,
    onSuccess: () => client.invalidateQueries(),
  });
  const left = sending.data?.moved_meanwhile ?? [];
  return (
    <div className="rejudge-act">
      {sending.data && (
        <Alert
          type="info"
          showIcon
          title={counted.done(sending.data)}
          description={left.length > 0 && t("editions.movedMeanwhile", { cases: left.join(t("state.comma")) })}
          data-testid="rejudged"
        />
      )}
      {sending.error && (
        <RegionError error={sending.error} what={t("editions.rejudgeFailed")} reading={false} />
      )}
      {(!sending.data || left.length > 0) && pending !== 0 && (
        <Button
          type="primary"
          disabled={!canWrite}
          loading={sending.isPending}
          onClick={() => sending.mutate()}
          data-testid="rejudge"
        >
          {t("editions.rejudge")}
        </Button>
      )}
    </div>
  );
}
