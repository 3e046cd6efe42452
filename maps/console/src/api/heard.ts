import { setClock } from "../clock/useNow";
import { useLocale } from "../words/locale";
import type { Me } from "./types";

/** The server's clock and the district's zone hold from the moment they are told. */
export function heard(me: Me): Me {
  setClock(me.now);
  useLocale.setState({ timeZone: me.district.time_zone });
  return me;
}
