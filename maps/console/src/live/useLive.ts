import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { serverAnswers } from "../api/commands";
import { useConnection } from "./connection";
import type { Burst } from "./merge";
import { addCase, addEdition, Merger } from "./merge";
import { soundOnce } from "./sound";
import { openStream } from "./stream";

function refresh(client: QueryClient, burst: Burst): void {
  if (burst.edition !== null) {
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "list" });
  }
  if (burst.cases.size === 0) return;
  for (const [caseNo, change] of burst.cases) {
    void client.invalidateQueries({ queryKey: ["case", caseNo] });
    if (change.emergency) soundOnce(caseNo);
  }
  void client.invalidateQueries({ queryKey: ["cases", "head"] });
  void client.invalidateQueries({ queryKey: ["counts"] });
  useConnection.getState().burst();
}

const POLL_MS = 30_000;

/** Asks again every half minute, for accounts that may not read the stream. */
function poll(client: QueryClient): () => void {
  const { tell } = useConnection.getState();
  tell("polled");
  const timer = setInterval(() => {
    void serverAnswers().then((answers) => {
      tell(answers ? "polled" : "offline");
      if (!answers) return;
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "list" });
      useConnection.getState().burst();
    });
  }, POLL_MS);
  return () => clearInterval(timer);
}

/** Turns the event stream into cache invalidations and a connection state. */
export function useLive(permitted: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!permitted) return poll(client);
    const { tell } = useConnection.getState();
    const merger = new Merger((burst) => refresh(client, burst));
    let lost = false;
    const onLost = () => {
      lost = true;
      void serverAnswers().then((answers) => {
        if (lost) tell(answers ? "stale" : "offline");
      });
    };
    const onOpened = () => {
      tell("live");
      // The stream resumes after the last event seen; what has no event is asked again.
      if (lost) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== "list" });
      lost = false;
    };
    const stream = openStream({
      opened: onOpened,
      lost: onLost,
      changed: (change) => merger.take((burst) => addCase(burst, change)),
      edition: (edition) => merger.take((burst) => addEdition(burst, edition)),
    });
    // A stream may live through a short break of the network, and then tells nothing of its end.
    const onOnline = () => (stream.isOpen() ? onOpened() : onLost());
    window.addEventListener("offline", onLost);
    window.addEventListener("online", onOnline);
    return () => {
      window.removeEventListener("offline", onLost);
      window.removeEventListener("online", onOnline);
      stream.close();
    };
  }, [client, permitted]);
}
