import { markOf } from "../../theme/shapes";

interface Props {
  kind: string | null;
  stage: string;
  late?: boolean;
  size?: number;
  title?: string;
}

/** The case's mark as the map draws it: shape by kind, filling by stage. */
export function WhistleMark({ kind, stage, late = false, size = 28, title }: Props) {
  const mark = markOf(kind, stage, late);
  const { path, colour, sign, dot } = mark;
  const filled = dot ? 1 : mark.filled;
  return (
    <svg
      viewBox="-4 -4 40 40"
      width={size}
      height={size}
      role="img"
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      {late && <circle cx="16" cy="16" r="17.5" fill="none" stroke="#243240" strokeWidth="2" />}
      {dot ? (
        <circle cx="16" cy="16" r={dot} fill={colour} stroke="#fff" strokeWidth="2" />
      ) : (
        <>
          <path d={path} fill="#fff" />
          <path d={path} fill={colour} style={{ clipPath: `inset(${(1 - filled) * 100}% 0 0 0)` }} />
          <path
            d={path}
            fill="none"
            stroke={colour}
            strokeWidth="2.4"
            strokeLinejoin="round"
            strokeDasharray={mark.dashed ? "3.2 2.4" : undefined}
          />
        </>
      )}
      {sign && (
        <path
          d={sign.path}
          fill={sign.solid ? sign.colour : "none"}
          stroke={sign.solid ? "none" : sign.colour}
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}
