import type { Chain } from "../../api/types";

interface Props {
  chain: readonly Chain[];
  /** Shows only the last units, for narrow places. */
  last?: number;
  onUnit?: (code: string) => void;
}

/** The units from district to building, read as one path. */
export function ChainPath({ chain, last, onUnit }: Props) {
  const shown = last ? chain.slice(-last) : chain;
  return (
    <span className="chain" title={chain.map((unit) => unit.name).join(" › ")}>
      {shown.map((unit, index) => (
        <span key={unit.code}>
          {index > 0 && <span className="chain-step"> › </span>}
          {onUnit ? (
            <button type="button" className="link" onClick={() => onUnit(unit.code)}>
              {unit.name}
            </button>
          ) : (
            unit.name
          )}
        </span>
      ))}
    </span>
  );
}
