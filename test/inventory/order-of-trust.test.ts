import { describe, expect, test } from "@jest/globals";
import type { CatalogBatch, CatalogFacts } from "../../src/inventory/batch.js";
import { NO_CATALOG_FACTS } from "../../src/inventory/batch.js";
import { choosePolicies, type PolicyClaim } from "../../src/inventory/choose-policies.js";
import { sourceKey } from "../../src/inventory/keys.js";
import { mergeCatalog } from "../../src/inventory/merge-catalog.js";
import type { Source, SourceKind } from "../../src/inventory/source.js";

const ROLE = "AliyunServiceRoleForAcme";
const DOCUMENTS = { one: '{"Version":"1","Statement":[]}', other: '{"Version":"1","Statement":[{}]}' };

function role(more: Partial<CatalogFacts["roles"][number]>): Partial<CatalogFacts> {
  return { roles: [{ name: ROLE, servicePurposes: [], prerequisitesForDeletion: [], consequences: [], ...more }] };
}

function operation(action: string): Partial<CatalogFacts> {
  const row = { service: "acme", name: "Op", action: "acme:Op", conditionKeys: [], dependentActions: [] };
  const arnTemplate = `acs:acme:*:*:${action}`;
  return { operations: [{ ...row, accessLevel: "GET", resources: [{ arnTemplate, isRequired: true }] }] };
}

/** One kind of fact as two pages state it, and where the merged catalog shows which of them holds. */
const KINDS: readonly [string, (word: "one" | "other") => Partial<CatalogFacts>, (word: "one" | "other") => unknown][] =
  [
    [
      "a role's principal",
      (word) => role({ serviceName: `${word}.aliyuncs.com` }),
      (word) => `"serviceName":"${word}.`,
    ],
    ["a role's document", (word) => role({ document: DOCUMENTS[word] }), (word) => JSON.stringify(DOCUMENTS[word])],
    ["a role's purpose", (word) => role({ purpose: `is ${word}` }), (word) => `"purpose":"is ${word}"`],
    ["when it is created", (word) => role({ createdWhen: `at ${word}` }), (word) => `"createdWhen":"at ${word}"`],
    ["what goes first", (word) => role({ prerequisitesForDeletion: [word] }), (word) => `Deletion":["${word}"]`],
    ["what is lost", (word) => role({ consequences: [word] }), (word) => `"consequences":["${word}"]`],
    [
      "who may create it",
      (word) => role({ creationPolicy: DOCUMENTS[word] }),
      (word) => JSON.stringify(DOCUMENTS[word]),
    ],
    [
      "a system policy's document",
      (word) => ({ policies: [{ name: "AliyunAcmeFullAccess", isHighRisk: false, document: DOCUMENTS[word] }] }),
      (word) => JSON.stringify(DOCUMENTS[word]),
    ],
    [
      "a system policy's description",
      (word) => ({ policies: [{ name: "AliyunAcmeFullAccess", isHighRisk: false, description: word }] }),
      (word) => `"description":"${word}"`,
    ],
    ["a service's name", (word) => ({ services: [{ code: "acme", name: word }] }), (word) => `"name":"${word}"`],
    ["an operation", operation, (word) => `acs:acme:*:*:${word}`],
    [
      "a resource type",
      (word) => ({ resourceTypes: [{ service: "acme", name: "Box", arnTemplate: word }] }),
      (word) => `"arnTemplate":"${word}"`,
    ],
    [
      "a condition key",
      (word) => ({ conditionKeys: [{ name: "acme:Key", valueType: word }] }),
      (word) => `"valueType":"${word}"`,
    ],
  ];

function page(name: string, facts: Partial<CatalogFacts>, more: Partial<Source> = {}): CatalogBatch {
  const key = sourceKey("DOCUMENTATION_PAGE", name);
  const source: Source = { key, kind: "DOCUMENTATION_PAGE", title: `title of ${name}`, sha256: name, ...more };
  return { kind: "catalog", source, facts: { ...NO_CATALOG_FACTS, ...facts }, findings: [] };
}

describe.each(KINDS)("pages that disagree on %s", (_kind, factsOf, shown) => {
  test.each([
    [
      "the newer page",
      page("b", factsOf("one"), { updatedAt: "2026-01-02" }),
      page("a", factsOf("other"), { updatedAt: "2026-01-01" }),
    ],
    ["a page with a day", page("b", factsOf("one"), { updatedAt: "2020-01-01" }), page("a", factsOf("other"))],
    ["of one day the first by key", page("a", factsOf("one")), page("b", factsOf("other"))],
    [
      "a page before the shipped catalog's word of another",
      page("z", factsOf("one")),
      page("a", factsOf("other"), { pageSha256: "c" }),
    ],
  ])("%s holds, and the other one's statement is a finding that names both", (_name, holder, loser) => {
    for (const batches of [
      [holder, loser],
      [loser, holder],
    ]) {
      const { findings, ...catalog } = mergeCatalog(batches);
      expect(JSON.stringify(catalog)).toContain(shown("one"));
      expect(JSON.stringify(catalog)).not.toContain(shown("other"));
      const overridden = findings.filter(({ code }) => code === "FACT_OVERRIDDEN");
      expect(overridden.map((finding) => finding.sourceKey)).toEqual([loser.source.key]);
      expect(overridden[0]?.message).toContain(holder.source.title);
      expect(overridden[0]?.message).toContain(loser.source.title);
    }
  });

  test("what the stronger page does not say stays", () => {
    const silent = page("new", factsOf("one"), { updatedAt: "2026-01-02" });
    const nothing = { ...silent, facts: NO_CATALOG_FACTS };
    const { findings, ...catalog } = mergeCatalog([nothing, page("old", factsOf("other"))]);
    expect(JSON.stringify(catalog)).toContain(shown("other"));
    expect(findings).toEqual([]);
  });

  test("the shipped catalog's own words for the very page that is imported are no disagreement", () => {
    const shipped = page("catalog", factsOf("other"), { pageSha256: "page" });
    const { findings, ...catalog } = mergeCatalog([shipped, page("page", factsOf("one"))]);
    expect(JSON.stringify(catalog)).toContain(shown("one"));
    expect(findings).toEqual([]);
  });
});

describe("sources that disagree on a policy of the cloud", () => {
  const claim = (kind: SourceKind, name: string, documentText: string, createdAt?: string): PolicyClaim => ({
    sourceKey: sourceKey(kind, name),
    kind,
    policy: {
      type: "SYSTEM",
      name: "AliyunAcmeFullAccess",
      isHighRisk: false,
      versions: [{ versionId: "v1", isDefault: true, documentText, ...(createdAt === undefined ? {} : { createdAt }) }],
    },
  });

  test.each([
    ["a live account before a newer export", "LIVE_ACCOUNT", "2020-01-01", "ACCOUNT_EXPORT", "2026-01-01"],
    ["an export before a page", "ACCOUNT_EXPORT", undefined, "DOCUMENTATION_PAGE", undefined],
    ["a live account before a page", "LIVE_ACCOUNT", undefined, "DOCUMENTATION_PAGE", undefined],
    ["of two exports the newer version", "ACCOUNT_EXPORT", "2026-01-02", "ACCOUNT_EXPORT", "2026-01-01"],
    ["of two alike the first by key", "ACCOUNT_EXPORT", undefined, "ACCOUNT_EXPORT", undefined],
  ] as const)("%s", (_name, kind, made, otherKind, otherMade) => {
    const holder = claim(kind, "1", DOCUMENTS.one, made);
    const loser = claim(otherKind, "2", DOCUMENTS.other, otherMade);
    for (const claims of [
      [holder, loser],
      [loser, holder],
    ]) {
      const { policies, findings } = choosePolicies(claims);
      expect(policies).toMatchObject([{ sourceKey: holder.sourceKey, versions: holder.policy.versions }]);
      expect(findings).toMatchObject([{ code: "FACT_OVERRIDDEN", sourceKey: loser.sourceKey }]);
      expect(findings[0]?.message).toContain(holder.sourceKey);
      expect(findings[0]?.message).toContain(loser.sourceKey);
    }
  });

  test("another layout of the same document is no disagreement", () => {
    const spaced = claim("DOCUMENTATION_PAGE", "2", ' { "Statement": [], "Version": "1" } ');
    expect(choosePolicies([claim("ACCOUNT_EXPORT", "1", DOCUMENTS.one), spaced]).findings).toEqual([]);
  });
});
