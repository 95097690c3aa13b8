import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { OPERATIONS } from "../../../src/importers/account/operations.js";
import { CALLS, type Call, listActions } from "../../../src/importers/collector/calls.js";
import { parsePolicy } from "../../../src/policy/parse-policy.js";

const text = readFileSync(join(import.meta.dirname, "../../../docs/collect.md"), "utf8");
const document = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
const calls = Object.entries<Call>(CALLS);

describe("the calls", () => {
  test("are those whose responses the import reads, but for what tells nothing more and what has no SDK package", () => {
    const others = [...OPERATIONS.keys()].filter((name) => !Object.hasOwn(CALLS, name));
    expect(others).toEqual(["resourcemanager.GetRole", "oss.GetBucketPolicy"]);
    expect(calls.filter(([name]) => !OPERATIONS.has(name))).toEqual([]);
  });

  test.each(calls)("%s only reads, is named after itself, and stands in the documentation", (name, call) => {
    expect(name).toBe(`${call.product}.${call.operation}`);
    expect(call.operation).toMatch(/^(Get|List)[A-Z]/);
    expect(text).toMatch(
      new RegExp(`(${call.product}\\.)?${call.operation}\\b|…${call.operation.replace("ListPolicies", "")}`),
    );
  });
});

describe("the smallest policy in the documentation", () => {
  test("allows exactly what the calls need", () => {
    expect(JSON.parse(document)).toEqual({
      Version: "1",
      Statement: [{ Effect: "Allow", Action: listActions(), Resource: "*" }],
    });
  });

  test("has nothing wrong with it", () => {
    const { findings } = parsePolicy(document, "IDENTITY");
    expect(findings).toEqual([]);
  });
});
