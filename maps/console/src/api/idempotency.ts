/** One key for one content: kept over retries, new when what is sent has changed. */
export interface Keyed {
  key: string;
  content: string;
}

export function keyFor(body: unknown, last: Keyed | null, newKey: () => string): Keyed {
  const content = JSON.stringify(body);
  return last?.content === content ? last : { key: newKey(), content };
}

/** A random UUID, also where `crypto.randomUUID` is missing: it needs a secure page. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
