/** The tab's one event stream. The browser resumes it with Last-Event-ID. */
import type { CaseChange } from "./merge";

export interface StreamTells {
  opened: () => void;
  lost: () => void;
  changed: (change: CaseChange) => void;
  edition: (edition: number) => void;
}

const RETRY_MS = 5000;

function read<T>(event: Event): T | null {
  try {
    return JSON.parse(String((event as MessageEvent<unknown>).data)) as T;
  } catch {
    return null;
  }
}

export interface Stream {
  isOpen: () => boolean;
  close: () => void;
}

/** Opens the stream and keeps it open until it is closed. */
export function openStream(tells: StreamTells): Stream {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("open", tells.opened);
    source.addEventListener("case", (event) => {
      const change = read<CaseChange>(event);
      if (change) tells.changed(change);
    });
    source.addEventListener("edition", (event) => {
      const told = read<{ edition: number }>(event);
      if (told) tells.edition(told.edition);
    });
    source.addEventListener("error", () => {
      tells.lost();
      // The browser reconnects by itself, except after an answer that was not a stream.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, RETRY_MS);
    });
  };

  open();
  return {
    isOpen: () => source?.readyState === EventSource.OPEN,
    close: () => {
      clearTimeout(retry);
      source?.close();
    },
  };
}
