import { CloseOutlined, LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { caseQuery } from "../../api/queries";
import type { CaseOut, Catalogue, Move } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { usePicking } from "../../map/camera";
import { leading, offered } from "../../parts/move/form";
import { Generated } from "../../parts/state/Generated";
import { Loading, Refreshing, RegionError } from "../../parts/state/Region";
import { WhistleMark } from "../../parts/whistle/WhistleMark";
import { useSay } from "../../words/locale";
import { Candidates, placing } from "./Candidates";
import { CaseFacts } from "./CaseFacts";
import { MoveForm } from "./MoveForm";

interface Props {
  caseNo: string;
  catalogue: Catalogue;
  acts: readonly string[];
  onClose: () => void;
  onStep: (step: 1 | -1) => void;
  onUnit: (code: string) => void;
}

export function CasePanel({ caseNo, catalogue, acts, onClose, onStep, onUnit }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const found = useQuery(caseQuery(caseNo));
  const row = found.data;
  const kind = catalogue.kinds.find((one) => one.code === row?.kind);
  return (
    <aside className="panel" aria-label={t("case.panel")} data-testid="case-panel">
      <header className="panel-head">
        {row && <WhistleMark kind={row.kind} stage={row.stage} late={row.overdue} size={30} />}
        <div className="panel-title">
          <h2 data-testid="case-no">{caseNo}</h2>
          <span>
            {row && (say(kind?.name) || t("case.noKind"))} <Generated when={row?.generated ?? false} />
          </span>
        </div>
        <IconButton label={t("case.previous")} icon={<LeftOutlined />} onClick={() => onStep(-1)} />
        <IconButton label={t("case.next")} icon={<RightOutlined />} onClick={() => onStep(1)} />
        <IconButton label={t("case.close")} icon={<CloseOutlined />} onClick={onClose} />
      </header>
      <Refreshing when={found.isRefetching} />
      {found.error && (
        <RegionError
          error={found.error}
          what={t("case.loadFailed", { caseNo })}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.isPending && <Loading rows={8} />}
      {row && (
        <>
          <div className="panel-body">
            <CaseFacts found={row} catalogue={catalogue} onUnit={onUnit} />
          </div>
          <Moves key={caseNo} found={row} catalogue={catalogue} acts={acts} />
        </>
      )}
    </aside>
  );
}

function IconButton(props: { label: string; icon: React.ReactNode; onClick: () => void }) {
  return (
    <Tooltip title={props.label}>
      <Button
        type="text"
        size="small"
        aria-label={props.label}
        icon={props.icon}
        onClick={props.onClick}
      />
    </Tooltip>
  );
}

interface MovesProps {
  found: CaseOut;
  catalogue: Catalogue;
  acts: readonly string[];
}

/** The legal moves as buttons; the chosen one's form takes their place. */
function Moves({ found, catalogue, acts }: MovesProps) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite();
  const clearPicked = usePicking((state) => state.clear);
  const [chosen, setChosen] = useState<Move | null>(null);
  const permitted = found.moves.filter((code) => acts.includes(`case.${code}`));
  const moves = offered(catalogue.moves, permitted);
  const order = [...catalogue.stages].sort((a, b) => a.order - b.order).map((one) => one.code);
  const first = leading(moves, order, found.stage);
  const place = found.manual ? placing(moves) : undefined;
  const leave = () => {
    setChosen(null);
    clearPicked();
  };
  if (chosen) {
    return (
      <div className="panel-foot forming">
        <MoveForm
          key={chosen.code}
          move={chosen}
          found={found}
          catalogue={catalogue}
          onDone={leave}
          onCancel={leave}
        />
      </div>
    );
  }
  if (moves.length === 0) return <p className="panel-foot quiet">{t("case.noMoves")}</p>;
  return (
    <div className="panel-foot moves" role="group" aria-label={t("case.moves")}>
      {place && found.chain.length === 0 && (
        <Candidates found={found} onChosen={() => setChosen(place)} />
      )}
      {moves.map((move) => (
        <Button
          key={move.code}
          type={move.code === first?.code ? "primary" : "default"}
          disabled={!canWrite}
          onClick={() => {
            clearPicked();
            setChosen(move);
          }}
          data-testid={`move-${move.code}`}
        >
          {say(move.name)}
        </Button>
      ))}
    </div>
  );
}
