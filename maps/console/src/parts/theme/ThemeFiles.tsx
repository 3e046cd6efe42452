import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

const FORMS = ["html", "png", "xlsx", "gpkg", "geojson"] as const;

interface Props {
  /** The address of the theme with its question, which a format is added to. */
  href: string;
}

/** The same rows as files to hand on. */
export function ThemeFiles({ href }: Props) {
  const { t } = useTranslation();
  const joined = href.includes("?") ? "&" : "?";
  const items = FORMS.map((form) => ({
    key: form,
    label: (
      <a href={`${href}${joined}format=${form}`} download>
        {t(`theme.form.${form}`)}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />} data-testid="theme-files">
        {t("theme.files")}
      </Button>
    </Dropdown>
  );
}
