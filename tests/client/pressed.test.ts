import { describe, expect, it } from "vitest";
import { isComposed, isPlainEnter, type KeyPress, keyName } from "../../client/src/browser/pressed.ts";

const press = (key: string, code: string, how: Partial<KeyPress> = {}): KeyPress => ({ key, code, keyCode: 0, ...how });

describe("what a key stands for", () => {
  it.each([
    ["a letter", press("a", "KeyA"), "a"],
    ["a letter under Caps Lock or Shift", press("A", "KeyA"), "a"],
    ["a letter where a layout has it elsewhere (AZERTY)", press("a", "KeyQ"), "a"],
    ["a Cyrillic letter, by its place", press("\u0444", "KeyA"), "a"],
    ["a Greek one under Caps Lock", press("\u0397", "KeyH"), "h"],
    ["an Arabic one", press("\u0634", "KeyA"), "a"],
    ["a Hangul one", press("\u3147", "KeyD"), "d"],
    ["a digit", press("2", "Digit2"), "2"],
    ["a digit of the numeric pad", press("2", "Numpad2"), "2"],
    ["the digits' keys without Shift on a French keyboard", press("\u00e9", "Digit2"), "2"],
    ["and with it", press("2", "Digit2", { shiftKey: true }), "2"],
    ["an Arabic-Indic digit", press("\u0662", "Digit2"), "2"],
    ["a sign with Shift, which is no digit", press("!", "Digit1", { shiftKey: true }), "!"],
    ["a slash, wherever it stands (German)", press("/", "Digit7", { shiftKey: true }), "/"],
    ["a slash on a digit's key (Hungarian and others)", press("/", "Digit6"), "/"],
    ["a question mark", press("?", "Minus", { shiftKey: true }), "?"],
    ["what stands where others have the slash", press("-", "Slash"), "-"],
    ["a Cyrillic letter where others have a sign", press("\u0436", "Semicolon"), "\u0436"],
    ["a key that writes nothing", press("ArrowDown", "ArrowDown"), "ArrowDown"],
    ["the numeric pad without Num Lock", press("End", "Numpad1"), "End"],
  ])("%s", (_, pressed, name) => {
    expect(keyName(pressed)).toBe(name);
  });
});

describe("a key of text that is being composed", () => {
  it.each([
    ["as most browsers say it", press("a", "KeyA", { isComposing: true })],
    ["as Safari says it of the Enter that ends it", press("Enter", "Enter", { keyCode: 229 })],
    ["a dead key", press("Dead", "BracketLeft")],
    ["one that the input method took", press("Process", "KeyA")],
  ])("%s, is none of ours", (_, pressed) => {
    expect(isComposed(pressed)).toBe(true);
  });

  it("is not the Enter that sends, nor is one with Shift", () => {
    expect(isPlainEnter(press("Enter", "Enter", { keyCode: 13 }))).toBe(true);
    expect(isPlainEnter(press("Enter", "NumpadEnter", { keyCode: 13 }))).toBe(true);
    expect(isPlainEnter(press("Enter", "Enter", { keyCode: 13, shiftKey: true }))).toBe(false);
    expect(isPlainEnter(press("Enter", "Enter", { keyCode: 13, isComposing: true }))).toBe(false);
  });
});
