import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { unitQuery } from "../../api/queries";
import type { CaseOut, Move } from "../../api/types";
import { boundsOf, useCamera, usePicking } from "../../map/camera";
import { percent } from "../../parts/place/sure";
import { RegionError } from "../../parts/state/Region";

/** The move that sets a place: it asks for a point and must have one. */
export function placing(moves: readonly Move[]): Move | undefined {
  return moves.find(({ fields }) => fields.some(({ type, required }) => type === "point" && required));
}

interface Props {
  found: CaseOut;
  onChosen: () => void;
}

/** Places that a report's address may mean; choosing one fills in the move that sets the place. */
export function Candidates({ found, onChosen }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const pick = usePicking((state) => state.pick);
  const lookAt = useCamera((state) => state.lookAt);
  const choosing = useMutation({
    mutationFn: (code: string) => client.fetchQuery(unitQuery(code)),
    onSuccess: ({ label, bounds }) => {
      pick(label);
      const box = boundsOf(bounds);
      if (box) lookAt({ bounds: box });
      onChosen();
    },
  });
  const candidates = (found.location?.candidates ?? []).filter(({ chain }) => chain.length > 0);
  if (candidates.length === 0) return null;
  return (
    <div className="candidates" data-testid="candidates">
      <b>{t("map.candidates")}</b>
      <ul className="plain">
        {candidates.map(({ chain, share }) => {
          const code = chain.at(-1)?.code ?? "";
          const name = chain.map((unit) => unit.name).join(" › ");
          return (
            <li key={code}>
              <Button
                block
                title={name}
                loading={choosing.isPending && choosing.variables === code}
                onClick={() => choosing.mutate(code)}
                data-testid={`candidate-${code}`}
              >
                <span className="candidate-name">{name}</span> {percent(share)}
              </Button>
            </li>
          );
        })}
      </ul>
      {choosing.error && <RegionError error={choosing.error} what={t("map.candidateFailed")} />}
    </div>
  );
}
