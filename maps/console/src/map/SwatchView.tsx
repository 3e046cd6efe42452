import type { Swatch } from "./registry";

interface Props {
  swatch: Swatch;
  /** Draws a case mark; given by the caller, who knows how cases look in lists. */
  mark: (kind: string | null, stage: string, late: boolean) => React.ReactNode;
}

const HATCH = "M4 14L14 2M10 14L20 2M2 8L7 2M16 14L22 7";

/** A legend's sample, drawn as the map draws it. */
export function SwatchView({ swatch, mark }: Props) {
  if (swatch.shape === "mark") {
    const { kind = "none", stage = "", late = false } = swatch;
    return <i className="swatch">{mark(kind, stage, late)}</i>;
  }
  if (swatch.shape === "count") return <i className="swatch swatch-count">{swatch.text}</i>;
  return (
    <i className="swatch">
      <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden>
        <Sample {...swatch} />
      </svg>
    </i>
  );
}

function Sample({ shape, color = "#7B858E", stroke = color, width = 1, dashed, text }: Swatch) {
  const dashes = dashed ? "4 3" : undefined;
  switch (shape) {
    case "line":
      return <path d="M1 8H23" stroke={color} strokeWidth={width} strokeDasharray={dashes} />;
    case "fill":
      return <rect x="2" y="2" width="20" height="12" fill={color} stroke={stroke} />;
    case "hatch":
      return (
        <>
          <rect x="2" y="2" width="20" height="12" fill="#fff" stroke="#9AA3AB" />
          <path d={HATCH} stroke="#9AA3AB" />
        </>
      );
    case "ring":
      return <circle cx="12" cy="8" r="6" fill="none" stroke={color} strokeWidth="2.5" />;
    default:
      return (
        <>
          <path d="M12 1L20 7V15H4V7z" fill="#5B6C80" />
          <text x="12" y="12.5" fontSize="8" textAnchor="middle" fill="#fff">
            {text}
          </text>
        </>
      );
  }
}
