import { describe, expect, test } from "@jest/globals";
import { FINDING_KINDS, LINT_RULES } from "../../src/questions/lint/lint-rules.js";
import { TABLES } from "../worlds/lint-tables.js";
import { TRUST_TABLES } from "../worlds/lint-trust-tables.js";
import { lint } from "./lint-world.js";

const EVERY_TABLE = { ...TABLES, ...TRUST_TABLES };

describe.each(Object.entries(EVERY_TABLE))("%s", (code, { type, found, clean }) => {
  const places = (statements: readonly object[]) =>
    lint(
      statements.map((statement) => ({ ...statement })),
      type,
    )
      .filter((finding) => finding.code === code)
      .map(({ pointer }) => pointer);

  test.each(
    found.map(([pointers, ...statements]) => [JSON.stringify(statements).slice(0, 200), statements, pointers] as const),
  )("is found in %s", (_, statements, pointers) => expect(places(statements)).toEqual(pointers));

  test.each(clean.map((statements) => [JSON.stringify(statements).slice(0, 200), statements] as const))(
    "is not found in %s",
    (_, statements) => expect(places(statements)).toEqual([]),
  );
});

describe("the registry", () => {
  test("has a table here for every rule", () => {
    expect(LINT_RULES.map(({ code }) => code).toSorted()).toEqual(Object.keys(EVERY_TABLE).toSorted());
  });

  test("has every code once", () => {
    const codes = FINDING_KINDS.map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(codes);
  });

  test.each(FINDING_KINDS.map((kind) => [kind.code, kind] as const))(
    "%s is found in its own example, with its severity",
    (code, { severity, example }) => {
      const found = lint(example.document, example.type).filter((finding) => finding.code === code);
      expect(found.map((finding) => finding.severity)).toContain(severity);
    },
  );
});
