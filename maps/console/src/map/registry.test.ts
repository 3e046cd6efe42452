import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";

import { classes, classOf, countPoints, feedsOf, NO_DATA } from "./feeds";
import { chainOf, openedBy } from "./pointing";
import type { StyleDocument } from "./registry";
import { drawn, groupsOf, groupsOn, layersOf, toggle } from "./registry";

const file = resolve(import.meta.dirname, "../../tests/style.json");
const style = JSON.parse(readFileSync(file, "utf8")) as StyleDocument;
const groups = groupsOf(style);

describe("the style document", () => {
  it("is valid by the style specification", () => {
    expect(validateStyleMin(style)).toEqual([]);
    const all = drawn(style, new Set(groups.map((group) => group.id)), { count: countPoints([]) });
    expect(validateStyleMin(all)).toEqual([]);
  });

  it("gives every group a legend and a title in both languages", () => {
    expect(groups.length).toBeGreaterThan(8);
    for (const group of groups) {
      expect(group.title.zh && group.title.en, group.id).toBeTruthy();
      expect(group.legend.length, group.id).toBeGreaterThan(0);
    }
  });
});

describe("switching groups", () => {
  const themes = groups.filter((group) => group.choice);

  it("hides what is off and keeps the rest", () => {
    const on = groupsOn(groups, new Set(["case"]));
    expect(on.has("case")).toBe(false);
    const hidden = drawn(style, on, {}).layers.filter(
      (layer) => layer.type !== "background" && layer.layout?.visibility === "none",
    );
    const off = layersOf(style).filter(({ meta }) => !on.has(meta.group) && !meta.fixed);
    expect(hidden.map((layer) => layer.id)).toEqual(off.map((layer) => layer.id));
    expect(hidden.length).toBeGreaterThan(0);
  });

  it("keeps at most one theme on", () => {
    const [one, other] = themes.map((group) => group.id);
    const first = toggle(groups, new Set(), one!);
    expect(groupsOn(groups, first).has(one!)).toBe(true);
    const second = toggle(groups, first, other!);
    expect(groupsOn(groups, second).has(one!)).toBe(false);
    expect(groupsOn(groups, second).has(other!)).toBe(true);
    expect(groupsOn(groups, toggle(groups, second, other!)).has(other!)).toBe(false);
  });
});

describe("feeds", () => {
  it("finds counts by level and the themes", () => {
    const found = feedsOf(style).map(({ feed }) => `${feed.kind}/${feed.level ?? ""}`);
    expect(found).toEqual(expect.arrayContaining(["counts/2", "counts/3", "coverage/3", "pin/"]));
    expect(new Set(found).size).toBe(found.length);
  });

  it("puts a value into the class whose lower limit it reached", () => {
    expect([0, 9.9, 10, 29, 30, 500].map((v) => classOf(v, [10, 20, 30]))).toEqual([0, 0, 1, 2, 3, 3]);
    expect(classOf(null, [10])).toBe(NO_DATA);
  });

  it("tells zero from no data, and too few from either", () => {
    const items = [
      { code: "a", name: "", v: 0 },
      { code: "b", name: "", v: null },
      { code: "c", name: "", v: 12, small: true },
    ];
    const found = classes({ kind: "t", value: "v", limits: [10] }, { items, note: null });
    expect([...found.values()]).toEqual([0, NO_DATA, NO_DATA]);
  });

  it("prints no disc for a unit without open cases", () => {
    const label = { lon: 1, lat: 2 };
    const items = [
      { code: "a", open: 3, overdue: 1, label },
      { code: "b", open: 0, overdue: 0, label },
    ];
    const points = countPoints([{ edition: 1, level: 3, at: "", items }]);
    expect(points.features.map((one) => one.properties?.code as string)).toEqual(["a"]);
  });
});

describe("pointing", () => {
  const layers = new Map(layersOf(style).map((layer) => [layer.id, layer]));
  const area = (level: number) =>
    layersOf(style).find(({ meta }) => meta.opens === "unit" && meta.level === level && !meta.feed)!;
  const hit = (level: number, code: string) => ({
    layer: { id: area(level).id },
    properties: { code, name: `name ${code}` },
  });

  it("orders the chain from the district down", () => {
    const chain = chainOf([hit(3, "c"), hit(1, "a"), hit(2, "b")], layers);
    expect(chain.map((unit) => unit.code)).toEqual(["a", "b", "c"]);
  });

  it("opens a mark before the unit that it stands in", () => {
    const mark = layersOf(style).find(({ meta }) => meta.opens === "case")!;
    const hits = [hit(3, "c"), { layer: { id: mark.id }, properties: { case_no: "7" } }];
    expect(openedBy(hits, layers)?.opens).toBe("case");
    expect(openedBy(hits.slice(0, 1), layers)?.properties.code).toBe("c");
    expect(openedBy([], layers)).toBeNull();
  });
});
