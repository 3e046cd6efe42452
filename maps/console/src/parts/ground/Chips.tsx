import type { ReactNode } from "react";

import "./ground.css";

interface Chip<T> {
  value: T;
  label: ReactNode;
}

interface Props<T> {
  label: string;
  chips: readonly Chip<T>[];
  chosen: T;
  same: (one: T, other: T) => boolean;
  onChoose: (value: T) => void;
}

/** Choices in a row of which one holds. */
export function Chips<T>({ label, chips, chosen, same, onChoose }: Props<T>) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {chips.map(({ value, label }) => (
        <button
          key={JSON.stringify(value)}
          type="button"
          aria-pressed={same(value, chosen)}
          onClick={() => onChoose(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
