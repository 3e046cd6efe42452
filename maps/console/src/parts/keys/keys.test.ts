import { describe, expect, it } from "vitest";

import { actOf, focusOf } from "./keys";

const press = (key: string, more: Partial<Parameters<typeof actOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const NOWHERE = { field: false, control: false };
const FIELD = { field: true, control: false };

describe("keys", () => {
  it("moves through the list with letters and arrows alike", () => {
    expect(["j", "J", "ArrowDown"].map((key) => actOf(press(key), NOWHERE))).toEqual(
      Array(3).fill("next"),
    );
    expect(["k", "ArrowUp"].map((key) => actOf(press(key), NOWHERE))).toEqual(
      Array(2).fill("previous"),
    );
    expect(["/", "[", "]", "f", "l", "?"].map((key) => actOf(press(key), NOWHERE))).toEqual([
      "search",
      "previousCase",
      "nextCase",
      "fit",
      "layers",
      "help",
    ]);
  });

  it("leaves typing alone", () => {
    expect(actOf(press("j"), FIELD)).toBeNull();
    expect(actOf(press("/"), FIELD)).toBeNull();
    expect(actOf(press("Escape"), FIELD)).toBe("close");
  });

  it("leaves an input method alone while it composes, even outside fields", () => {
    expect(actOf(press("Enter", { isComposing: true }), NOWHERE)).toBeNull();
    expect(actOf(press("Escape", { isComposing: true }), FIELD)).toBeNull();
  });

  it("leaves the browser's own keys and a focused button's Enter alone", () => {
    expect(actOf(press("f", { ctrlKey: true }), NOWHERE)).toBeNull();
    expect(actOf(press("Enter"), { field: false, control: true })).toBeNull();
    expect(actOf(press("Enter"), NOWHERE)).toBe("open");
  });

  it("works while a switch has the focus, which takes no text", () => {
    document.body.innerHTML = '<input type="checkbox" />';
    const focus = focusOf(document.querySelector("input"));
    expect(focus.field).toBe(false);
    expect(actOf(press("l"), focus)).toBe("layers");
    expect(actOf(press("Enter"), focus)).toBeNull();
  });

  it("knows a field from a button from the page", () => {
    document.body.innerHTML = "<textarea></textarea><button><b>x</b></button><p>x</p>";
    expect(focusOf(document.querySelector("textarea"))).toEqual(FIELD);
    expect(focusOf(document.querySelector("b"))).toEqual({ field: false, control: true });
    expect(focusOf(document.querySelector("p"))).toEqual(NOWHERE);
  });
});
