/** The one source of colours and sizes, for Ant Design, the style sheets and the marks. */
export const FONT =
  '"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",' +
  "system-ui,sans-serif";

export const COLOUR = {
  land: "#F4F5F2",
  outside: "#E4E7E3",
  ink: "#243240",
  text: "#1F2933",
  quiet: "#5B6770",
  line: "#D3D9DE",
  soft: "#F0F3F5",
  ground: "#FFFFFF",
  focus: "#0B5CAD",
  focusSoft: "#E8F0F9",
  warn: "#8A4B00",
  warnSoft: "#FFF4E0",
  error: "#9E0142",
  errorSoft: "#FBE9F0",
} as const;

/** Hue of each whistle kind; `none` is a case that nobody has whistled for yet. */
export const KIND_COLOUR: Readonly<Record<string, string>> = {
  problem_whistle: "#2B7BBA",
  service_whistle: "#00695C",
  tackling_whistle: "#C77700",
  emergency_whistle: "#9E0142",
  none: "#3F4F62",
};

/** Steps of the stage bar, first to seventh stage. */
export const STAGE_COLOUR = [
  "#DCE3EA",
  "#BCC7D2",
  "#9BA9B8",
  "#7A8A9C",
  "#5B6C80",
  "#3F4F62",
  "#243240",
] as const;

export const PUBU = ["#F1EEF6", "#D0D1E6", "#A6BDDB", "#74A9CF", "#2B8CBE", "#045A8D"] as const;

/** Custom properties for the style sheets. */
export function cssVariables(): Record<string, string> {
  const colours = Object.entries(COLOUR).map(([name, value]) => [`--${name}`, value]);
  return Object.fromEntries([...colours, ["--font", FONT]]) as Record<string, string>;
}

function channel(value: number): number {
  const part = value / 255;
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16)));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

/** WCAG contrast ratio of two `#RRGGBB` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
