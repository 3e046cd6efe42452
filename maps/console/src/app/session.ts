import type { QueryClient } from "@tanstack/react-query";

import { meQuery } from "../api/queries";

/** A session that has ended anywhere ends here: the login shows, what was typed stays. */
export function onSignedOut(client: QueryClient): void {
  client.setQueryData(meQuery().queryKey, null);
}
