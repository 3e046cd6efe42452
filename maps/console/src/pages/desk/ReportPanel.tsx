import { CloseOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { locateQuery } from "../../api/queries";
import type { Catalogue, LonLat, Photo } from "../../api/types";
import { useCanWrite } from "../../live/connection";
import { usePicking } from "../../map/camera";
import { CategoryChoice, options } from "../../parts/move/choices";
import { Suggested } from "../../parts/move/Suggested";
import { PointField } from "../../parts/move/PointField";
import { ChainPath } from "../../parts/place/ChainPath";
import { RegionError, sentence } from "../../parts/state/Region";
import { useSay } from "../../words/locale";
import { DraftPhotos } from "./DraftPhotos";
import { LikelyBefore } from "./Likely";
import { ReportAnswer } from "./ReportAnswer";
import { useReport } from "./useReport";

interface Props {
  catalogue: Catalogue;
  onClose: () => void;
  onOpen: (caseNo: string) => void;
}

export function ReportPanel({ catalogue, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const report = useReport();
  return (
    <aside className="panel" aria-label={t("report.title")} data-testid="report-panel">
      <header className="panel-head">
        <div className="panel-title">
          <h2>{t(report.receipt ? "report.received" : "report.title")}</h2>
        </div>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t("case.close")}
          onClick={onClose}
        />
      </header>
      {report.receipt ? (
        <ReportAnswer
          receipt={report.receipt}
          catalogue={catalogue}
          onOpen={onOpen}
          onAgain={report.again}
        />
      ) : (
        <ReportForm catalogue={catalogue} report={report} />
      )}
    </aside>
  );
}

function Field({ label, id, children }: { label: ReactNode; id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

interface FormProps {
  catalogue: Catalogue;
  report: ReturnType<typeof useReport>;
}

function ReportForm({ catalogue, report }: FormProps) {
  const { t } = useTranslation();
  const say = useSay();
  const canWrite = useCanWrite();
  const { draft, picked, change } = report;
  const clear = usePicking((state) => state.clear);
  const [tried, setTried] = useState(false);
  const lacking = { text: draft.text.trim() === "", channel: !draft.channel };
  const optional = <span className="quiet"> {t("case.optional")}</span>;
  const lack = (name: keyof typeof lacking) =>
    tried && lacking[name] && (
      <div className="lacking" role="alert">
        {t("case.lacking", { label: t(`report.${name}`) })}
      </div>
    );
  return (
    <form
      className="report-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!lacking.text && !lacking.channel) report.send();
      }}
    >
      <div className="panel-body">
        <Field label={t("report.position")} id="pick">
          <PointField value={picked} onClear={clear} />
          {picked ? <Found at={picked} /> : <Unpicked photos={draft.photos} />}
        </Field>
        <Field label={<>{t("report.photos")}{optional}</>} id="report-photos">
          <DraftPhotos />
        </Field>
        <Field label={<>{t("report.address")}{optional}</>} id="report-address">
          <Input
            id="report-address"
            maxLength={500}
            value={draft.address}
            onChange={(event) => change({ address: event.target.value })}
          />
        </Field>
        <Field label={t("report.text")} id="report-text">
          <Input.TextArea
            id="report-text"
            data-testid="report-text"
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={2000}
            showCount
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
          {lack("text")}
        </Field>
        <Field label={<>{t("report.category")}{optional}</>} id="report-category">
          <CategoryChoice
            id="report-category"
            catalogue={catalogue}
            value={draft.category}
            onChange={(category) => change({ category })}
          />
          <Suggested
            text={draft.text}
            chosen={draft.category}
            onChoose={(category) => change({ category })}
          />
        </Field>
        {picked && <LikelyBefore at={picked} category={draft.category} text={draft.text} />}
        <Field label={t("report.channel")} id="report-channel">
          <Select
            id="report-channel"
            className="wide"
            data-testid="report-channel"
            showSearch={{ optionFilterProp: "label" }}
            value={draft.channel}
            onChange={(channel: string) => change({ channel })}
            options={options(catalogue.channels, say)}
          />
          {lack("channel")}
        </Field>
        <Field label={<>{t("report.reporter")}{optional}</>} id="report-name">
          <div className="two">
            <Input
              id="report-name"
              placeholder={t("report.name")}
              maxLength={100}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
            <Input
              aria-label={t("report.phone")}
              placeholder={t("report.phone")}
              inputMode="tel"
              maxLength={40}
              value={draft.phone}
              onChange={(event) => change({ phone: event.target.value })}
            />
          </div>
        </Field>
        {report.error && (
          <RegionError error={report.error} what={t("report.failed")} reading={false} />
        )}
      </div>
      <div className="panel-foot moves">
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={report.sending}
          disabled={!canWrite}
          data-testid="report-submit"
        >
          {t(report.error ? "report.retry" : "report.submit")}
        </Button>
      </div>
    </form>
  );
}

/** Where the report goes without a picked position: where its first photo with a place was taken. */
function Unpicked({ photos }: { photos: readonly Photo[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const placing = photos.find((photo) => photo.location);
  if (!placing) return <p className="quiet hint">{t("report.noPosition")}</p>;
  return (
    <p className="hint" data-testid="placed-by-photo">
      <span className="quiet">{t("report.byPhoto")}</span>{" "}
      {placing.chain.length > 0 && <ChainPath chain={placing.chain} />}
      {placing.manual && <span className="manual">{say(placing.manual.text)}</span>}
    </p>
  );
}

/** In whose area the picked position lies, before anything is sent. */
function Found({ at }: { at: LonLat }) {
  const { t } = useTranslation();
  const say = useSay();
  const found = useQuery(locateQuery(at));
  if (found.error) return <Alert type="warning" title={sentence(found.error, t)} />;
  if (!found.data) return <p className="quiet hint">{t("report.locating")}</p>;
  return (
    <p className="hint" data-testid="located">
      {found.data.chain.length > 0 && <ChainPath chain={found.data.chain} />}
      {found.data.manual && <span className="manual">{say(found.data.manual.text)}</span>}
    </p>
  );
}
