import { AimOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { LonLat } from "../../api/types";
import { usePicking } from "../../map/camera";

interface Props {
  value: LonLat | null;
  onClear: () => void;
}

export function pointText(at: LonLat): string {
  return `${at.lon.toFixed(6)}, ${at.lat.toFixed(6)}`;
}

/** A position taken by clicking on the map. */
export function PointField({ value, onClear }: Props) {
  const { t } = useTranslation();
  const { active, start, stop } = usePicking();
  return (
    <div className="point-field">
      <Button
        icon={<AimOutlined />}
        aria-pressed={active}
        type={active ? "primary" : "default"}
        onClick={active ? stop : start}
        data-testid="pick-point"
      >
        {t(active ? "map.pickStop" : value ? "map.pickAgain" : "map.pick")}
      </Button>
      {value ? (
        <>
          <code>{pointText(value)}</code>
          <button type="button" className="link" onClick={onClear}>
            {t("map.pickClear")}
          </button>
        </>
      ) : (
        <span className="quiet">{t("map.noPosition")}</span>
      )}
    </div>
  );
}
