import { useMemo } from "react";
import { useSearchParams } from "react-router";

import type { WalkQuestion } from "../../api/walking";

export const SHOWN = ["types", "reach", "catchments", "pressure", "unserved"] as const;
export type Shown = (typeof SHOWN)[number];
export const LEVELS = [2, 3, 4] as const;
const COMMUNITY = 3;

export interface WalkingUrl {
  show: Shown;
  type: string | null;
  level: (typeof LEVELS)[number];
  question: WalkQuestion;
  change: (changed: Partial<Record<"show" | "type" | "level" | "day" | "minutes", string>>) => void;
}

/** What the address says is looked at. */
export function useWalkingUrl(): WalkingUrl {
  const [url, setUrl] = useSearchParams();
  return useMemo(() => {
    const [level, minutes] = [Number(url.get("level")), Number(url.get("minutes"))];
    const day = url.get("day");
    return {
      show: SHOWN.find((one) => one === url.get("show")) ?? "types",
      type: url.get("type"),
      level: LEVELS.find((one) => one === level) ?? COMMUNITY,
      question: { ...(day && { day }), ...(minutes > 0 && { minutes }) },
      change: (changed) =>
        setUrl(
          (before) => {
            for (const [name, value] of Object.entries(changed)) {
              if (value) before.set(name, value);
              else before.delete(name);
            }
            return before;
          },
          { replace: true },
        ),
    };
  }, [url, setUrl]);
}
