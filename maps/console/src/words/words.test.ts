import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { RESOURCES } from "./i18n";

type Tree = { [key: string]: string | Tree };

function keys(tree: Tree, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [path + key] : keys(value, `${path}${key}.`),
  );
}

function values(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === "string" ? [value] : values(value)));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.") ? [readFileSync(path, "utf8")] : [];
  });
}

/** Names of permissions, which look like keys. */
const ACTS = new Set(["case.read", "case.rejudge", "report.create", "events.read", "rules.read", "rules.stage", "rules.publish", "rates.read", "ledger.read", "indicator.read", "indicator.write"]);

const zh = RESOURCES.zh as Tree;
const en = RESOURCES.en as Tree;

describe("words", () => {
  it("have the same keys in both languages", () => {
    expect(keys(en).sort()).toEqual(keys(zh).sort());
  });

  it("have both sides filled, with the same blanks to fill in", () => {
    const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
    const english = values(en);
    values(zh).forEach((text, index) => {
      expect(text.trim()).not.toBe("");
      expect(blanks(english[index] ?? ""), text).toEqual(blanks(text));
    });
  });

  it("exist for every key that the code names", () => {
    const known = new Set(keys(zh).map((key) => key.replace(/_(one|other)$/, "")));
    const code = sources(resolve(import.meta.dirname, "..")).join("\n");
    const named = [...code.matchAll(/["'`]((?:answer|case|desk|editions|indicators|ledger|map|performance|report|reports|rules|session|state)\.[\w.]+)["'`]/g)];
    expect(named.length).toBeGreaterThan(80);
    const lacking = named.map(([, key]) => key!).filter((key) => !known.has(key) && !ACTS.has(key));
    expect(lacking).toEqual([]);
  });
});
