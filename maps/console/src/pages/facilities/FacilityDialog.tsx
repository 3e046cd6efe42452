import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { useTranslation } from "react-i18next";

import { facilityQuery } from "../../api/planning";
import type { Catalogue, FacilityPeriod, Me } from "../../api/types";
import { Loading, RegionError } from "../../parts/state/Region";
import { FacilityForm } from "./FacilityForm";
import { History } from "./History";
import { PhotosOf } from "./PhotosOf";

interface Props {
  /** None: a new facility. */
  code: string | null;
  me: Me;
  catalogue: Catalogue;
  onClose: () => void;
}

/** One facility: as it is, as it shall be from a day on, its photos and its history. */
export function FacilityDialog({ code, me, onClose }: Props) {
  const { t } = useTranslation();
  const found = useQuery({ ...facilityQuery(code ?? ""), enabled: code !== null });
  const mayWrite = me.acts.includes("facility.write");
  const latest = found.data?.periods.at(-1);
  return (
    <Modal
      open
      width={760}
      title={latest?.name ?? t("facilities.add")}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <div data-testid="facility-dialog">
        {code !== null && found.isPending && <Loading rows={6} />}
        {found.error && (
          <RegionError
            error={found.error}
            what={t("facilities.failed")}
            onRetry={() => void found.refetch()}
          />
        )}
        {(code === null || latest) && (
          <FacilityForm
            old={latest ?? blank(me)}
            isNew={code === null}
            mayWrite={mayWrite}
            onDone={onClose}
          />
        )}
        {found.data && <PhotosOf facility={found.data} mayWrite={mayWrite} />}
        {found.data && <History facility={found.data} />}
      </div>
    </Modal>
  );
}

/** A facility in the middle of the district, for somebody to say where it really is. */
function blank(me: Me): FacilityPeriod {
  const [west = 0, south = 0, east = 0, north = 0] = me.district.bounds ?? [];
  const middle = (one: number, other: number) => Number(((one + other) / 2).toFixed(6));
  return {
    code: "",
    type: "",
    name: "",
    lon: middle(west, east),
    lat: middle(south, north),
    floor_area_m2: null,
    provision_mode: null,
    state: "open",
    opening_hours: null,
    open_to_public: null,
    serves: [],
    address: null,
    note: null,
    valid_from: null,
    valid_to: null,
  };
}
