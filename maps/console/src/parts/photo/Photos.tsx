import { Image } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { photoAddress } from "../../api/photos";
import type { Words } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

export interface Shown {
  id: string;
  taken_at?: string | null;
  distance_m?: number | null;
  contradicts?: boolean;
  /** The contradiction in words. */
  text?: Words | null;
  /** Why the photo has no place. */
  reason?: { text: Words } | null;
}

interface Props {
  photos: readonly Shown[];
  /** What can be done with a photo, below it. */
  act?: (id: string) => ReactNode;
}

/** Photos as thumbnails, each enlarged by a tap, with what it says for or against the place. */
export function Photos({ photos, act }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const against = photos.filter((photo) => photo.contradicts && photo.text);
  return (
    <>
      {against.map((photo) => (
        <p key={photo.id} className="manual-note" role="alert" data-testid="contradiction">
          <b>{t("case.contradiction")}</b> {say(photo.text)}
        </p>
      ))}
      <ul className="plain photos">
        <Image.PreviewGroup>
          {photos.map((photo) => (
            <li key={photo.id} className={photo.contradicts ? "against" : undefined}>
              <Image
                src={photoAddress(photo.id, true)}
                preview={{ src: photoAddress(photo.id, false) }}
                alt={t("case.photo")}
                width={108}
                height={81}
                data-testid="photo"
              />
              <Caption photo={photo} />
              {act?.(photo.id)}
            </li>
          ))}
        </Image.PreviewGroup>
      </ul>
    </>
  );
}

function Caption({ photo }: { photo: Shown }) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  return (
    <div className="quiet">
      {photo.taken_at && <div>{t("case.taken", { at: format.stamp(photo.taken_at) })}</div>}
      {typeof photo.distance_m === "number" && (
        <div>{t("case.away", { distance: format.metres(photo.distance_m) })}</div>
      )}
      {photo.reason && <div>{say(photo.reason.text)}</div>}
    </div>
  );
}
