import { describe, expect, it } from "vitest";

import { keyFor, uuid } from "./idempotency";

describe("keyFor", () => {
  let made = 0;
  const next = () => `key-${++made}`;

  it("keeps the key over retries of the same content", () => {
    const first = keyFor({ text: "井盖破损" }, null, next);
    expect(keyFor({ text: "井盖破损" }, first, next).key).toBe(first.key);
  });

  it("takes a new key when the content has changed", () => {
    const first = keyFor({ text: "井盖破损" }, null, next);
    expect(keyFor({ text: "井盖缺失" }, first, next).key).not.toBe(first.key);
  });
});

describe("uuid", () => {
  it("is a random version 4", () => {
    expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid()).not.toBe(uuid());
  });
});
