import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { showPhotos } from "../../api/planning";
import type { FacilityOne, Photo } from "../../api/types";
import { PhotoField } from "../../parts/photo/PhotoField";
import { Photos } from "../../parts/photo/Photos";
import { RegionError } from "../../parts/state/Region";

interface Props {
  facility: FacilityOne;
  mayWrite: boolean;
}

/** What the facility looks like. */
export function PhotosOf({ facility, mayWrite }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [sent, setSent] = useState<Photo[]>([]);
  const saving = useMutation({
    mutationFn: showPhotos,
    onSuccess: () =>
      client.invalidateQueries({ queryKey: ["facilities", "one", facility.code] }),
  });
  const keep = (photos: string[]) => saving.mutate({ code: facility.code, photos });
  const change = (photos: Photo[]) => {
    const fresh = photos.filter(({ id }) => !facility.photos.includes(id)).map(({ id }) => id);
    setSent([]);
    if (fresh.length > 0) keep([...facility.photos, ...fresh]);
  };
  return (
    <section className="planner-box">
      <h2>{t("facilities.photos")}</h2>
      {facility.photos.length === 0 && <p className="quiet">{t("facilities.noPhotos")}</p>}
      <Photos
        photos={facility.photos.map((id) => ({ id }))}
        {...(mayWrite && {
          act: (id: string) => (
            <button
              type="button"
              className="link"
              onClick={() => keep(facility.photos.filter((one) => one !== id))}
            >
              {t("report.removePhoto")}
            </button>
          ),
        })}
      />
      {mayWrite && <PhotoField id="facility-photo" photos={sent} onChange={change} />}
      {saving.error && (
        <RegionError error={saving.error} what={t("facilities.notSaved")} reading={false} />
      )}
    </section>
  );
}
