import { CameraOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { MOST_PHOTOS, PHOTO_TYPES } from "../../api/photos";
import { useCanWrite } from "../../live/connection";
import type { Photo } from "../../api/types";
import { RegionError } from "../state/Region";
import { Photos } from "./Photos";
import { usePhotos } from "./usePhotos";

interface Props {
  id: string;
  photos: readonly Photo[];
  onChange: (photos: Photo[]) => void;
}

/** Photos that go with a report or a move: chosen, sent at once, and shown with what they say of
 * their place. */
export function PhotoField({ id, photos, onChange }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const input = useRef<HTMLInputElement>(null);
  const { sending, unsent, room, add, remove } = usePhotos(photos, onChange);
  return (
    <div className="photo-field">
      <input
        ref={input}
        id={id}
        data-testid={id}
        type="file"
        accept={PHOTO_TYPES}
        multiple
        hidden
        onChange={(event) => {
          add([...(event.target.files ?? [])].slice(0, room));
          event.target.value = "";
        }}
      />
      <Button
        icon={<CameraOutlined />}
        loading={sending > 0}
        disabled={!canWrite || room <= 0}
        onClick={() => input.current?.click()}
      >
        {t("report.addPhoto")}
      </Button>
      <span className="quiet" role="status">
        {sending > 0
          ? t("report.sendingPhoto", { count: sending })
          : t("report.mostPhotos", { count: MOST_PHOTOS })}
      </span>
      {photos.length > 0 && (
        <Photos
          photos={photos}
          act={(id) => (
            <button type="button" className="link" onClick={() => remove(id)}>
              {t("report.removePhoto")}
            </button>
          )}
        />
      )}
      {unsent.map(({ name, error }) => (
        <RegionError
          key={name}
          error={error}
          what={t("report.photoFailed", { name })}
          reading={false}
        />
      ))}
    </div>
  );
}
