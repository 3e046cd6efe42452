import { Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Words } from "../api/types";
import { useSay } from "../words/locale";
import type { Group } from "./registry";
import { SwatchView } from "./SwatchView";

interface Props {
  groups: readonly Group[];
  on: ReadonlySet<string>;
  notes: Readonly<Record<string, Words | null>>;
  failed: ReadonlySet<string>;
  onToggle: (group: string) => void;
  mark: (kind: string | null, stage: string, late: boolean) => React.ReactNode;
}

/** Switches and legend in one: each group's sample stands beside its switch. */
export function LayerPanel(props: Props) {
  const { groups, on } = props;
  const { t } = useTranslation();
  const switchable = groups.filter((group) => !group.fixed);
  const choices = new Set(switchable.flatMap((group) => group.choice ?? []));
  return (
    <div className="layer-panel" data-testid="layer-panel">
      {[...choices].map((choice) => (
        <fieldset key={choice}>
          <legend>{t(`map.choice.${choice}`)}</legend>
          {switchable
            .filter((group) => group.choice === choice)
            .map((group) => (
              <GroupRow key={group.id} group={group} shown={on.has(group.id)} {...props} />
            ))}
        </fieldset>
      ))}
      <fieldset>
        <legend>{t("map.layers")}</legend>
        {switchable
          .filter((group) => !group.choice)
          .map((group) => (
            <GroupRow key={group.id} group={group} shown={on.has(group.id)} {...props} />
          ))}
      </fieldset>
    </div>
  );
}

/** The legend of the theme that is on, for while the switches are out of sight. */
export function ThemeLegend({ groups, on, notes, failed, mark }: Omit<Props, "onToggle">) {
  const say = useSay();
  const theme = groups.find((group) => group.choice !== null && on.has(group.id));
  if (!theme) return null;
  return (
    <div className="layer-panel" data-testid="theme-legend">
      <b>{say(theme.title)}</b>
      <LegendList group={theme} mark={mark} />
      <Remarks failed={failed.has(theme.id)} note={notes[theme.id]} />
    </div>
  );
}

function GroupRow({ group, shown, ...props }: Props & { group: Group; shown: boolean }) {
  const { notes, failed, mark } = props;
  const { t } = useTranslation();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [first, second] = group.legend;
  const single = first && !second;
  const folds = !single && !group.choice && shown;
  return (
    <div className="layer-group">
      <div className="layer-switch">
        <Checkbox
          checked={shown}
          onChange={() => props.onToggle(group.id)}
          data-testid={`layer-${group.id}`}
        >
          {say(group.title)}
        </Checkbox>
        {single && <SwatchView swatch={first.swatch} mark={mark} />}
        {folds && (
          <button
            type="button"
            className="link"
            aria-expanded={open}
            onClick={() => setOpen((before) => !before)}
          >
            {t(open ? "map.legendLess" : "map.legendMore")}
          </button>
        )}
      </div>
      {!single && shown && (open || group.choice) && <LegendList group={group} mark={mark} />}
      {shown && <Remarks failed={failed.has(group.id)} note={notes[group.id]} />}
    </div>
  );
}

function LegendList({ group, mark }: Pick<Props, "mark"> & { group: Group }) {
  const say = useSay();
  return (
    <ul className="plain legend">
      {group.legend.map((item) => (
        <li key={item.label.zh}>
          <SwatchView swatch={item.swatch} mark={mark} /> {say(item.label)}
        </li>
      ))}
    </ul>
  );
}

function Remarks({ failed, note }: { failed: boolean; note: Words | null | undefined }) {
  const { t } = useTranslation();
  const say = useSay();
  if (failed) return <p className="lacking">{t("map.themeFailed")}</p>;
  return note ? <p className="quiet note">{say(note)}</p> : null;
}
