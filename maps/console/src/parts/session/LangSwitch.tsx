import { Button } from "antd";

import { useLocale } from "../../words/locale";

/** Each language under its own name, so that either reader finds it. */
export function LangSwitch() {
  const { lang, setLang } = useLocale();
  return (
    <Button
      type="text"
      size="small"
      lang={lang === "zh" ? "en" : "zh-CN"}
      onClick={() => setLang(lang === "zh" ? "en" : "zh")}
      data-testid="lang-switch"
    >
      {lang === "zh" ? "English" : "中文"}
    </Button>
  );
}
