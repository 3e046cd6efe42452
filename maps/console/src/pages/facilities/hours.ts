/** Opening hours in the notation of OpenStreetMap, as people read them. */
import { useTranslation } from "react-i18next";

const DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"] as const;

/** `Mo-Fr 08:30-17:30; Sa off` with its words replaced; what is no word stays as it is. */
export function spoken(hours: string, word: (code: string) => string): string {
  return hours
    .replace(/\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed)\b/g, word)
    .replace("24/7", word("always"))
    .replaceAll(/;\s*/g, word("then"));
}

export function useHours(): (hours: string | null | undefined) => string {
  const { t } = useTranslation();
  const words: Record<string, string> = {
    always: t("facilities.day.always"),
    off: t("facilities.day.off"),
    closed: t("facilities.day.off"),
    then: t("facilities.day.then"),
    ...Object.fromEntries(DAYS.map((day) => [day, t(`facilities.day.${day}`)])),
  };
  return (hours) => (hours ? spoken(hours, (code) => words[code] ?? code) : "—");
}
