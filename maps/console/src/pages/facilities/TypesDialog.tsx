import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Modal, Switch, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { countType, facilityTypesQuery } from "../../api/planning";
import type { FacilityKind } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { Loading, RegionError } from "../../parts/state/Region";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

interface Props {
  mayWrite: boolean;
  onClose: () => void;
}

/** Which types count toward the square metres per 100 households. */
export function TypesDialog({ mayWrite, onClose }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  const canWrite = useCanWrite();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const found = useQuery(facilityTypesQuery());
  const saving = useMutation({
    mutationFn: countType,
    onSuccess: (told) => {
      client.setQueryData(facilityTypesQuery().queryKey, told.items);
      void client.invalidateQueries({ queryKey: ["coverage"] });
    },
  });
  return (
    <Modal open width={760} title={t("facilities.types")} footer={null} onCancel={onClose}>
      <div className="dialog" data-testid="types-dialog">
        <p className="quiet">{t("facilities.typesHint")}</p>
        {mayWrite && (
          <Input
            value={reason}
            maxLength={500}
            placeholder={t("facilities.reason")}
            aria-label={t("facilities.reason")}
            onChange={(event) => setReason(event.target.value)}
            data-testid="types-reason"
          />
        )}
        {saving.error && (
          <RegionError error={saving.error} what={t("facilities.notSaved")} reading={false} />
        )}
        {found.error && (
          <RegionError
            error={found.error}
            what={t("facilities.failed")}
            onRetry={() => void found.refetch()}
          />
        )}
        {found.isPending && <Loading rows={6} />}
        <Table<FacilityKind>
          size="small"
          rowKey="code"
          pagination={false}
          scroll={{ y: 420 }}
          dataSource={found.data ?? []}
          columns={[
            { title: t("facilities.type"), render: (_, one) => say(one.name) },
            {
              title: t("facilities.openNow"),
              width: 90,
              align: "right",
              render: (_, one) => format.number(one.facilities),
            },
            {
              title: t("facilities.counts"),
              width: 90,
              render: (_, { code, counts_toward_standard: counts }) => (
                <Switch
                  size="small"
                  checked={counts}
                  disabled={!mayWrite || !canWrite || !reason.trim() || saving.isPending}
                  onChange={(checked) => saving.mutate({ code, counts: checked, reason })}
                  data-testid={`counts-${code}`}
                />
              ),
            },
            {
              title: t("facilities.source"),
              className: "quiet",
              render: (_, one) => one.source.replaceAll("|", " · "),
            },
          ]}
        />
      </div>
    </Modal>
  );
}
