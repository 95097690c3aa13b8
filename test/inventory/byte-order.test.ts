import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareBytes, sortByKey } from "../../src/inventory/byte-order.js";

describe("byte order", () => {
  test("is the order of the UTF-8 bytes", () => {
    const text = fc.string({ unit: "binary", maxLength: 8 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  test("puts a surrogate pair behind U+FFFD, as Postgres does", () => {
    expect(sortByKey(["\u{1F600}", "\uFFFD", "z", "Z"], (text) => text)).toEqual(["Z", "z", "\uFFFD", "\u{1F600}"]);
  });
});
