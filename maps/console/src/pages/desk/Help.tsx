import { Modal } from "antd";
import { useTranslation } from "react-i18next";

import { useDesk } from "./deskStore";

const KEYS = [
  ["J / ↓", "next"],
  ["K / ↑", "previous"],
  ["Enter", "open"],
  ["Esc", "close"],
  ["/", "search"],
  ["[", "previousCase"],
  ["]", "nextCase"],
  ["F", "fit"],
  ["L", "layers"],
  ["?", "help"],
] as const;

export function Help() {
  const { t } = useTranslation();
  const { helpShown, set } = useDesk();
  return (
    <Modal
      open={helpShown}
      title={t("desk.keys")}
      footer={null}
      width={360}
      onCancel={() => set({ helpShown: false })}
    >
      <dl className="keys">
        {KEYS.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`desk.key.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
