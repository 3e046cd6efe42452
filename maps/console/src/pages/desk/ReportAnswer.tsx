import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Catalogue, Receipt } from "../../api/types";
import { StageBar } from "../../parts/case/StageSteps";
import { Why } from "../../parts/case/Why";
import { Departments, OwnerLine } from "../../parts/party/Parties";
import { Photos } from "../../parts/photo/Photos";
import { ChainPath } from "../../parts/place/ChainPath";
import { LocationLine } from "../../parts/place/LocationLine";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";
import { Fact } from "./CaseFacts";

interface Props {
  receipt: Receipt;
  catalogue: Catalogue;
  onOpen: (caseNo: string) => void;
  onAgain: () => void;
}

/** What became of a report: its case, who answers for it and why, or why a person must look. */
export function ReportAnswer({ receipt, catalogue, onOpen, onAgain }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const format = useFormat();
  return (
    <>
      <div className="panel-body" data-testid="report-answer">
        <p className="received">
          {t("report.saved")} <b data-testid="answer-case-no">{receipt.case_no}</b>
        </p>
        {receipt.manual && (
          <p className="manual-note" data-testid="answer-manual">
            <b>{t("desk.manual")}</b> {say(receipt.manual.text)}
          </p>
        )}
        {receipt.photos && receipt.photos.length > 0 && <Photos photos={receipt.photos} />}
        <dl className="facts">
          <Fact label={t("case.stage")}>
            <StageBar stages={catalogue.stages} stage={receipt.stage} />
          </Fact>
          <Fact label={t("case.chain")}>
            {receipt.chain.length > 0 ? (
              <ChainPath chain={receipt.chain} />
            ) : (
              <span className="quiet">{t("case.noChain")}</span>
            )}
          </Fact>
          <Fact label={t("case.place")}>
            <LocationLine place={receipt.location} />
          </Fact>
          <Fact label={t("case.owner")}>
            <OwnerLine owner={receipt.territorial_owner} />
          </Fact>
          <Fact label={t("case.departments")}>
            <Departments departments={receipt.departments} called={false} />
          </Fact>
          <Fact label={t("case.due")}>{format.stamp(receipt.due_at)}</Fact>
          {receipt.link && (
            <Fact label={t("report.link")}>
              <a href={receipt.link} target="_blank" rel="noreferrer" data-testid="answer-link">
                {new URL(receipt.link, window.location.origin).toString()}
              </a>
            </Fact>
          )}
        </dl>
        <h3>{t("case.why")}</h3>
        <Why why={receipt.why} />
        <p className="quiet">{t("case.judgedBy", { edition: receipt.edition })}</p>
      </div>
      <div className="panel-foot moves">
        <Button onClick={onAgain} data-testid="report-again">
          {t("report.again")}
        </Button>
        <Button
          type="primary"
          onClick={() => onOpen(receipt.case_no)}
          data-testid="answer-open"
        >
          {t("report.open")}
        </Button>
      </div>
    </>
  );
}
