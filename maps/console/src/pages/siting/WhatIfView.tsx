import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { facilitiesQuery } from "../../api/planning";
import { effectQuery } from "../../api/siting";
import type { LonLat, Me, WalkType, WhatIf } from "../../api/types";
import { walkThemeQuery } from "../../api/walking";
import { Found } from "../../parts/state/Found";
import { ThemeMap } from "../../parts/theme/ThemeMap";
import { useSay } from "../../words/locale";
import { EffectView } from "./EffectView";

const COMMUNITY = 3;
const MOST_HANDLES = 200;
const NEW = "new";
const FIRST_AREA = 300;

interface Props {
  me: Me;
  types: readonly WalkType[];
}

/** Drag a facility, or put a new one down, and see at once who gains and who loses. */
export function WhatIfView({ me, types }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const [most] = [...types].sort((one, other) => other.open - one.open);
  const [type, setType] = useState(most?.type ?? "");
  const [area, setArea] = useState(FIRST_AREA);
  const [placing, setPlacing] = useState(false);
  const [moved, setMoved] = useState<(LonLat & { id: string }) | null>(null);
  const map = useQuery(walkThemeQuery({ what: "reach", type, level: COMMUNITY }));
  const open = useQuery(facilitiesQuery({ type, state: "open", limit: MOST_HANDLES, offset: 0 }));
  const change: WhatIf | null = useMemo(() => {
    if (!moved) return null;
    const { lon, lat, id } = moved;
    const there = { lon, lat, map: true };
    return id === NEW ? { ...there, type, area_m2: area } : { ...there, facility: id };
  }, [moved, type, area]);
  const effect = useQuery(effectQuery(change));
  const handles = useMemo(() => {
    const standing = (open.data?.items ?? []).map(({ code, name, lon, lat }) =>
      moved?.id === code ? { ...moved, label: name } : { id: code, label: name, lon, lat },
    );
    return moved?.id === NEW ? [...standing, { ...moved, label: t("siting.newOne") }] : standing;
  }, [open.data, moved, t]);
  const begin = (chosen: string) => {
    setType(chosen);
    setMoved(null);
  };
  return (
    <>
      <div className="choices">
        <Select
          aria-label={t("walking.type")}
          value={type}
          onChange={begin}
          options={types.map((one) => ({
            value: one.type,
            label: `${say(one.name)} (${one.open})`,
          }))}
          showSearch={{ optionFilterProp: "label" }}
          style={{ minWidth: 220 }}
          data-testid="what-if-type"
        />
        <Button
          type={placing ? "primary" : "default"}
          onClick={() => setPlacing(!placing)}
          data-testid="what-if-new"
        >
          {t(placing ? "siting.placeStop" : "siting.putNew")}
        </Button>
        <InputNumber
          aria-label={t("siting.area")}
          prefix={t("siting.areaShort")}
          min={1}
          value={area}
          onChange={(value) => value !== null && setArea(value)}
          suffix="m²"
          style={{ width: 150 }}
          changeOnWheel={false}
        />
        {moved && <Button onClick={() => setMoved(null)}>{t("siting.asItIs")}</Button>}
      </div>
      <Found query={map} failed={t("walking.failed")}>
        {(theme) => (
          <div className="theme-split">
            <ThemeMap
              name="whatif"
              me={me}
              theme={(change && effect.data?.theme) ?? theme}
              chosen={null}
              handles={handles}
              {...(placing && {
                onPlace: (at: LonLat) => {
                  setPlacing(false);
                  setMoved({ id: NEW, ...at });
                },
              })}
              onPick={() => undefined}
              onDrag={(id, to) => setMoved({ id, ...to })}
            />
            <div>
              {change === null ? (
                <p className="quiet">{t("siting.whatIfHint")}</p>
              ) : (
                <Found query={effect} failed={t("siting.notReckoned")} rows={4}>
                  {(told) => <EffectView effect={told} />}
                </Found>
              )}
            </div>
          </div>
        )}
      </Found>
    </>
  );
}
