import { useTranslation } from "react-i18next";

import type { Chain, FoundPlace, Me } from "../../api/types";
import { usePointing } from "../../map/pointing";
import { ChainPath } from "../../parts/place/ChainPath";
import { AppBar } from "../../parts/session/AppBar";
import { PlaceSearch } from "./PlaceSearch";

interface Props {
  me: Me;
  selected: readonly Chain[];
  onPlace: (place: FoundPlace) => void;
}

export function TopBar({ me, selected, onPlace }: Props) {
  return (
    <AppBar me={me}>
      <PlaceSearch onFound={onPlace} />
      <Whereabouts selected={selected} />
    </AppBar>
  );
}

/** The chain under the pointer, or else that of what is selected. */
function Whereabouts({ selected }: { selected: readonly Chain[] }) {
  const { t } = useTranslation();
  const hovered = usePointing((state) => state.chain);
  const chain = hovered.length > 0 ? hovered : selected;
  return (
    <div className="whereabouts" data-testid="whereabouts">
      {chain.length > 0 ? <ChainPath chain={chain} /> : <span>{t("desk.pointAtMap")}</span>}
    </div>
  );
}
