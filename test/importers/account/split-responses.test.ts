import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ResponsePiece, splitResponses } from "../../../src/importers/account/split-responses.js";
import { runs } from "../../worlds/runs.js";

/** Cuts a text into pieces as if it had been read so many bytes at a time. */
async function split(text: string, { bytes = 7, piece = 20, isLines = false } = {}): Promise<readonly ResponsePiece[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const whole = Buffer.from(text);
    for (let at = 0; at < whole.length; at += bytes) yield whole.subarray(at, at + bytes);
  }
  const pieces: ResponsePiece[] = [];
  for await (const one of splitResponses(chunks(), { file: "f", isLines, piece })) {
    pieces.push({ ...one, bytes: Uint8Array.from(one.bytes) });
  }
  return pieces;
}

const textOf = ({ bytes }: ResponsePiece): string => Buffer.from(bytes).toString();
const parse = (piece: ResponsePiece): unknown => JSON.parse(textOf(piece));

/** The rows of a list that responses wrap twice. */
function rowsIn(response: unknown, outer: string, inner: string): readonly unknown[] {
  const list = child(child(response, outer), inner);
  return Array.isArray(list) ? list : [];
}

function child(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(key)
    : undefined;
}

const rows = fc.array(fc.record({ a: fc.string(), b: fc.array(fc.record({ c: fc.string({ unit: "binary" }) })) }), {
  minLength: 0,
  maxLength: 12,
});

describe("long lists are cut between rows", () => {
  test("no row is lost, doubled or changed, whatever is in it and however it is read", async () => {
    const law = fc.asyncProperty(rows, rows, fc.nat(40), fc.boolean(), async (first, second, bytes, isIndented) => {
      const response = { Count: "2", A: { X: first }, B: { Y: second }, End: { Z: "}]" } };
      const text = JSON.stringify(response, null, isIndented ? 2 : undefined);
      const pieces = await split(text, { bytes: bytes + 1 });
      const read = pieces.map(parse);
      expect(read.flatMap((one) => rowsIn(one, "A", "X"))).toEqual(first);
      expect(read.flatMap((one) => rowsIn(one, "B", "Y"))).toEqual(second);
      expect(read.at(-1)).toMatchObject({ Count: "2", End: { Z: "}]" } });
      expect(pieces.map(({ isLast }) => isLast)).toEqual(pieces.map((_, index) => index === pieces.length - 1));
    });
    await fc.assert(law, runs(200));
  });

  test("each piece tells where it begins", async () => {
    const text = `{"A":{"X":[\n${Array.from({ length: 9 }, (_, n) => `{"n":"row ${n}"}`).join(",\n")}]}}`;
    const pieces = await split(text);
    expect(pieces.length).toBeGreaterThan(3);
    for (const { bytes, head, offset, line, rowsBefore } of pieces.slice(1)) {
      const row: unknown = JSON.parse(Buffer.from(bytes.subarray(head)).toString().split("}")[0]?.concat("}") ?? "");
      expect(row).toEqual({ n: `row ${rowsBefore}` });
      expect(text.slice(offset)).toMatch(new RegExp(`^{"n":"row ${rowsBefore}"}`));
      expect(text.slice(0, offset).split("\n")).toHaveLength(line);
    }
  });

  test.each([
    ["a comma is missing", '[{"a":1} {"a":2},{"a":3},{"a":4}]'],
    ["a comma is too much", '[{"a":1},,{"a":2},{"a":3},{"a":4}]'],
    ["a comma stands at the end", '[{"a":1},{"a":2},{"a":3},{"a":4},]'],
    ["the end is missing", '[{"a":1},{"a":2},{"a":3},{"a":4}'],
    ["a bracket is wrong", '[{"a":1},{"a":2},{"a":3},{"a":4}}'],
  ])("where %s, some piece is no JSON", async (_name, list) => {
    const pieces = await split(`{"A":${list}}`);
    expect(() => pieces.map(parse)).toThrow(SyntaxError);
  });

  test("lines are responses of their own, cut in the middle of a string or not", async () => {
    const pieces = await split('{"a":"}\n{"b":[]}\n\n{"c":[{"d":"1234567890"},{"d":"1234567890"},{"d":"2"}]}', {
      isLines: true,
    });
    expect(pieces.map((piece) => [piece.line, piece.isLast, textOf(piece)])).toEqual([
      [1, true, '{"a":"}'],
      [2, true, '{"b":[]}'],
      [3, true, ""],
      [4, false, '{"c":[{"d":"1234567890"}]}'],
      [4, true, '{"c":[{"d":"1234567890"},{"d":"2"}]}'],
    ]);
  });

  test("one value that never ends is refused", async () => {
    const endless = `{"a":"${"x".repeat(17 * 1024 * 1024)}`;
    await expect(split(endless, { bytes: 1024 * 1024 })).rejects.toThrow("longer than 16777216 bytes");
  });
});
