import { CalculatorOutlined, DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import {
  computeIndicators,
  indicatorsFile,
  indicatorsQuery,
  takeWorkbook,
} from "../../api/indicators";
import { useCanWrite } from "../../live/connection";
import { Faults } from "../../parts/state/Faults";
import { RegionError } from "../../parts/state/Region";

interface Props {
  year: number;
  mayWrite: boolean;
}

/** The year as a workbook, a workbook handed in, and what the service counts itself. */
export function Tools({ year, mayWrite }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const again = () => client.invalidateQueries({ queryKey: indicatorsQuery(year).queryKey });
  const taking = useMutation({ mutationFn: takeWorkbook, onSuccess: again });
  const computing = useMutation({ mutationFn: computeIndicators, onSuccess: again });
  const done = taking.data ?? computing.data;
  return (
    <>
      <a href={indicatorsFile(year)} download data-testid="indicator-file">
        <DownloadOutlined aria-hidden /> {t("indicators.download")}
      </a>
      {mayWrite && (
        <>
          <label className="ant-btn upload">
            <UploadOutlined aria-hidden /> {t("indicators.take")}
            <input
              type="file"
              accept=".xlsx"
              disabled={!canWrite || taking.isPending}
              onChange={(event) => {
                const file = event.target.files?.[0];
                event.target.value = "";
                computing.reset();
                if (file) taking.mutate({ year, file });
              }}
              data-testid="indicator-take"
            />
          </label>
          <Button
            icon={<CalculatorOutlined />}
            disabled={!canWrite}
            loading={computing.isPending}
            onClick={() => {
              taking.reset();
              computing.mutate(year);
            }}
            data-testid="indicator-compute"
          >
            {t("indicators.compute")}
          </Button>
        </>
      )}
      {taking.error && <Faults error={taking.error} what={t("indicators.takeFailed")} />}
      {computing.error && (
        <RegionError
          error={computing.error}
          what={t("indicators.computeFailed")}
          reading={false}
        />
      )}
      {done && (
        <Alert
          type="success"
          showIcon
          title={t("indicators.added", { count: done.added })}
          data-testid="indicator-added"
        />
      )}
    </>
  );
}
