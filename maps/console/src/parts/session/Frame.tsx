import type { ReactNode } from "react";

import type { Me } from "../../api/types";
import { useLive } from "../../live/useLive";
import { Boundary } from "../state/Region";
import { AppBar } from "./AppBar";
import { StaleBar, StatusLine } from "./StatusLine";
import "./frame.css";

interface Props {
  me: Me;
  /** What the page is called, should it fail. */
  what: string;
  /** What only this page has in its bar. */
  bar?: ReactNode;
  children: ReactNode;
}

/** A page that is one column between the bar and the line at the foot. */
export function Frame({ me, what, bar, children }: Props) {
  useLive(me.acts.includes("events.read"));
  return (
    <div className="frame">
      <AppBar me={me}>
        {bar}
        <span className="between" />
      </AppBar>
      <StaleBar />
      <main>
        <Boundary what={what}>{children}</Boundary>
      </main>
      <StatusLine me={me} />
    </div>
  );
}
