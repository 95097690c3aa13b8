import { expect, test } from "@jest/globals";
import { readSpan } from "../../src/app/span.js";

test.each([
  ["1ms", 1],
  ["300ms", 300],
  ["10s", 10_000],
  ["600s", 600_000],
  ["0s", undefined],
  ["601s", undefined],
  ["10", undefined],
  ["1.5s", undefined],
  ["-1s", undefined],
  ["10 s", undefined],
])("%s is %s milliseconds", (text, span) => {
  expect(readSpan(text)).toBe(span);
});
