import { Alert } from "antd";
import { useTranslation } from "react-i18next";

import { isProblem } from "../../api/problem";
import { useSay } from "../../words/locale";
import { RegionError } from "./Region";

/** Every cell that does not fit, or the error as it is. */
export function Faults({ error, what }: { error: Error; what: string }) {
  const { t } = useTranslation();
  const say = useSay();
  const faults = isProblem(error) ? (error.body.faults ?? []) : [];
  if (faults.length === 0) return <RegionError error={error} what={what} reading={false} />;
  return (
    <Alert
      type="error"
      showIcon
      title={t("state.faults", { count: faults.length })}
      description={
        <ul className="faults" data-testid="faults">
          {faults.map((fault, index) => (
            <li key={index}>{say(fault)}</li>
          ))}
        </ul>
      }
    />
  );
}
