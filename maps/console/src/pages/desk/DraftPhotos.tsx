import { PhotoField } from "../../parts/photo/PhotoField";
import { useDesk } from "./deskStore";

/** The photos of the report that is being written. */
export function DraftPhotos() {
  const photos = useDesk((state) => state.draft.photos);
  return (
    <PhotoField
      id="report-photos"
      photos={photos}
      onChange={(chosen) => {
        const { draft, set } = useDesk.getState();
        set({ draft: { ...draft, photos: chosen } });
      }}
    />
  );
}
