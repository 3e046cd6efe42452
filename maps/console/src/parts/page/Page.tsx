import type { ReactNode } from "react";

import type { Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { AppBar } from "../session/AppBar";
import { StaleBar, StatusLine } from "../session/StatusLine";
import { Boundary } from "../state/Region";
import "./page.css";

interface Props {
  me: Me;
  title: string;
  children: ReactNode;
}

/** A page of tables: the bar on top, one column that scrolls, the status line. */
export function Page({ me, title, children }: Props) {
  useLive(me.acts.includes("events.read"));
  return (
    <div className="page">
      <AppBar me={me}>
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main className="page-main" aria-label={title}>
        <Boundary what={title}>{children}</Boundary>
      </main>
      <StatusLine me={me} />
    </div>
  );
}
