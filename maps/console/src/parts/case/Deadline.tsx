import { ClockCircleOutlined } from "@ant-design/icons";

import { useNow } from "../../clock/useNow";
import { useFormat } from "../../words/format";

interface Props {
  due: string | null;
  closed: string | null;
}

/** Nothing while there is time; hours left when soon; an ink badge when late. */
export function Deadline({ due, closed }: Props) {
  const format = useFormat();
  const said = format.due(due, useNow(), closed);
  if (said.state === "none" || said.state === "in_time") return null;
  return (
    <span className={`deadline deadline-${said.state}`} title={format.stamp(due)}>
      {said.state === "soon" && <ClockCircleOutlined aria-hidden />} {said.text}
    </span>
  );
}
