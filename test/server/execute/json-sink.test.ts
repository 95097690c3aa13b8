import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { gatherJson, type JsonSink } from "../../../src/server/execute/json-sink.js";
import { runs } from "../../worlds/runs.js";

/** Strings of all sorts: letters that JSON escapes, halves of letters, long ones. */
const strings = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({ minLength: 200, maxLength: 700 }),
  fc.constantFrom('"', "\\", "\u007f", "\u2028", "é", "\ud800", "\udc00x", "😀"),
);

const inList = (write: (item: string, sink: JsonSink) => void) => (items: readonly string[]) =>
  gatherJson((sink) => {
    for (const [index, item] of items.entries()) {
      sink.writeBytes(Buffer.from(index === 0 ? "[" : ","));
      write(item, sink);
    }
    sink.writeBytes(Buffer.from(items.length === 0 ? "[]" : "]"));
  });

describe("a sink of JSON", () => {
  test("writes strings as JSON.stringify does", () => {
    const write = inList((item, sink) => sink.writeString(item));
    fc.assert(
      fc.property(fc.array(strings, { maxLength: 30 }), (items) => {
        expect(write(items)).toBe(JSON.stringify(items));
      }),
      runs(300),
    );
  });

  test("puts what comes later in its place", async () => {
    const write = inList((item, sink) => {
      if (item.length % 2 === 0) sink.writeLater(Promise.resolve(JSON.stringify(item)));
      else sink.writeString(item);
    });
    await fc.assert(
      fc.asyncProperty(fc.array(strings, { maxLength: 8 }), async (items) => {
        expect(await write(items)).toBe(JSON.stringify(items));
      }),
      runs(200),
    );
  });

  test("grows with what it takes", () => {
    const long = "é".repeat(300_000);
    expect(inList((item, sink) => sink.writeString(item))([long, "x", long])).toBe(JSON.stringify([long, "x", long]));
  });

  test("begins anew after a failure, and nobody misses what was to come", async () => {
    const failing = () =>
      gatherJson((sink) => {
        sink.writeString("lost");
        sink.writeLater(Promise.reject(new Error("later")));
        throw new Error("now");
      });
    for (let time = 0; time < 3; time += 1) {
      expect(failing).toThrow("now");
      expect(gatherJson((sink) => sink.writeString("kept"))).toBe('"kept"');
    }
    // An error that nobody hears of would end the run here.
    await new Promise((resolve) => setImmediate(resolve));
  });

  test("serves one within another", () => {
    const text = gatherJson((sink) => {
      sink.writeJson("[");
      const inner = gatherJson((own) => own.writeString("inner"));
      if (typeof inner === "string") sink.writeJson(inner);
      sink.writeJson("]");
    });
    expect(text).toBe('["inner"]');
  });

  test("fails where a part that comes later does", async () => {
    const text = gatherJson((sink) => {
      sink.writeLater(Promise.resolve("1"));
      sink.writeLater(Promise.reject(new Error("late")));
    });
    await expect(text).rejects.toThrow("late");
  });
});
