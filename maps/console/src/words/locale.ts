import { create } from "zustand";

export type Lang = "zh" | "en";
export type Words = { zh: string; en: string };

const KEPT = "gridsvc.lang";

function kept(): Lang {
  return globalThis.localStorage?.getItem(KEPT) === "en" ? "en" : "zh";
}

interface Locale {
  lang: Lang;
  /** The district's zone, told by the server at login. */
  timeZone: string;
  setLang: (lang: Lang) => void;
  setTimeZone: (zone: string) => void;
}

export const useLocale = create<Locale>((set) => ({
  lang: kept(),
  timeZone: "UTC",
  setLang: (lang) => {
    globalThis.localStorage?.setItem(KEPT, lang);
    set({ lang });
  },
  setTimeZone: (timeZone) => set({ timeZone }),
}));

/** The reader's side of a pair; Chinese where no English was given. */
export function say(words: Words | null | undefined, lang: Lang): string {
  if (!words) return "";
  return words[lang] || words.zh;
}

/** `say` bound to the reader's language. */
export function useSay(): (words: Words | null | undefined) => string {
  const lang = useLocale((state) => state.lang);
  return (words) => say(words, lang);
}
