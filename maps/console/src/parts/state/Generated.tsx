import { useTranslation } from "react-i18next";

/** Says of a single thing that it was made up for demonstration. */
export function Generated({ when }: { when: boolean }) {
  const { t } = useTranslation();
  return when ? <span className="generated">{t("state.generated")}</span> : null;
}
