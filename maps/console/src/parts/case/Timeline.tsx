import { useTranslation } from "react-i18next";

import type { CaseEvent } from "../../api/types";
import { useFormat } from "../../words/format";
import { useSay } from "../../words/locale";

/** What happened, the latest first. */
export function Timeline({ events }: { events: readonly CaseEvent[] }) {
  const say = useSay();
  const format = useFormat();
  const { t } = useTranslation();
  return (
    <ol className="timeline" reversed>
      {[...events]
        .sort((a, b) => b.seq - a.seq)
        .map((event) => (
          <li key={event.seq}>
            <div>{say(event.text)}</div>
            <div className="quiet">
              {format.stamp(event.at)} · {event.by ? actor(event, say) : t("case.bySystem")}
            </div>
          </li>
        ))}
    </ol>
  );
}

function actor(event: CaseEvent, say: ReturnType<typeof useSay>): string {
  if (!event.by) return "";
  const post = say(event.by.post_name);
  return post && post !== event.by.name ? `${event.by.name}（${post}）` : event.by.name;
}
