import type { ThemeConfig } from "antd";

import { COLOUR, FONT } from "./tokens";

/** Whoever asks the system for less motion gets none. */
const STILL =
  typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Ant Design's default algorithm: its compact one makes Chinese text too small. */
export const ANTD: ThemeConfig = {
  token: {
    fontFamily: FONT,
    fontSize: 14,
    controlHeight: 30,
    lineHeight: 1.6,
    borderRadius: 4,
    colorPrimary: COLOUR.focus,
    colorInfo: COLOUR.focus,
    colorLink: COLOUR.focus,
    colorError: COLOUR.error,
    colorWarning: COLOUR.warn,
    colorErrorBg: COLOUR.errorSoft,
    colorErrorBorder: "#E2B3C8",
    colorWarningBg: COLOUR.warnSoft,
    colorWarningBorder: "#E3C48E",
    colorSuccess: "#2F5D73",
    colorText: COLOUR.text,
    colorTextSecondary: COLOUR.quiet,
    colorTextDescription: COLOUR.quiet,
    colorTextPlaceholder: "#6B7780",
    colorBorder: "#B9C2C9",
    motion: !STILL,
    motionDurationMid: "0.1s",
  },
  components: {
    Alert: { withDescriptionPadding: "10px 12px", withDescriptionIconSize: 18, fontSizeLG: 14 },
    Form: { itemMarginBottom: 14, verticalLabelPadding: "0 0 4px" } },
};
