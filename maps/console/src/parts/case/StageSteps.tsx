import type { Catalogue } from "../../api/types";
import { STAGE_COLOUR } from "../../theme/tokens";
import { useSay } from "../../words/locale";

interface Props {
  stages: Catalogue["stages"];
  stage: string;
}

/** The loop's own stages; what comes after the last of them (the archive) is no step. */
function loop(stages: Catalogue["stages"]): Catalogue["stages"] {
  return [...stages].sort((a, b) => a.order - b.order).slice(0, STAGE_COLOUR.length);
}

/** Seven segments, filled up to where the case is, with the stage's name beside them. */
export function StageBar({ stages, stage }: Props) {
  const say = useSay();
  const steps = loop(stages);
  const current = stages.find((one) => one.code === stage);
  const at = steps.findIndex((one) => one.code === stage);
  const reached = at < 0 ? steps.length - 1 : at;
  return (
    <span className="stage-bar">
      <span className="stage-segments" aria-hidden>
        {steps.map((one, index) => (
          <i
            key={one.code}
            style={{ background: index <= reached ? STAGE_COLOUR[index] : undefined }}
          />
        ))}
      </span>
      <span className="stage-name">{say(current?.name)}</span>
    </span>
  );
}

/** All seven stages by name, the one that the case waits in marked. */
export function StageSteps({ stages, stage }: Props) {
  const say = useSay();
  const steps = loop(stages);
  const at = steps.findIndex((one) => one.code === stage);
  const reached = at < 0 ? steps.length : at;
  return (
    <ol className="stage-steps">
      {steps.map((one, index) => (
        <li
          key={one.code}
          className={index < reached ? "done" : index === reached ? "current" : ""}
          aria-current={index === reached ? "step" : undefined}
          title={say(one.name)}
        >
          <i style={{ background: index <= reached ? STAGE_COLOUR[Math.max(2, index)] : undefined }}>
            {index + 1}
          </i>
          <span>{say(one.name)}</span>
        </li>
      ))}
    </ol>
  );
}
