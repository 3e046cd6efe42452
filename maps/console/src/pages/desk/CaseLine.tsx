import { memo } from "react";
import { useTranslation } from "react-i18next";

import type { CaseRow, Catalogue } from "../../api/types";
import { useNow } from "../../clock/useNow";
import { Deadline } from "../../parts/case/Deadline";
import { StageBar } from "../../parts/case/StageSteps";
import { ChainPath } from "../../parts/place/ChainPath";
import { Generated } from "../../parts/state/Generated";
import { WhistleMark } from "../../parts/whistle/WhistleMark";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  row: CaseRow;
  catalogue: Catalogue;
  open: boolean;
  underKeys: boolean;
  onOpen: (caseNo: string) => void;
}

/** One case of the work list. */
export const CaseLine = memo(function CaseLine(props: Props) {
  const { row, catalogue, open, underKeys, onOpen } = props;
  const say = useSay();
  const format = useFormat();
  const now = useNow();
  const { t } = useTranslation();
  const kind = catalogue.kinds.find((one) => one.code === row.kind);
  const manual = catalogue.manual_reasons.find((one) => one.code === row.manual);
  return (
    <li
      id={`row-${row.case_no}`}
      className={`case-line${open ? " open" : ""}${underKeys ? " under-keys" : ""}`}
    >
      <button
        type="button"
        onClick={() => onOpen(row.case_no)}
        aria-current={open}
        data-testid="case-row"
        data-case={row.case_no}
      >
        <WhistleMark
          kind={row.kind}
          stage={row.stage}
          late={row.overdue}
          size={30}
          title={say(kind?.name) || t("case.noKind")}
        />
        <span className="case-line-text">
          <span className="first">
            <b>{say(row.category?.name) || t("case.noCategory")}</b>
            <Deadline due={row.due_at} closed={row.closed_at} />
            <time>{format.listTime(row.opened_at, now)}</time>
          </span>
          <span className="excerpt">
            {row.manual && <em className="manual">{say(manual?.name) || t("desk.manual")} </em>}
            {row.text}
          </span>
          <span className="meta">
            <StageBar stages={catalogue.stages} stage={row.stage} />
            <ChainPath chain={row.chain.filter(({ level }) => level <= 4)} last={1} />
            <Generated when={row.generated} />
          </span>
        </span>
      </button>
    </li>
  );
});
