import { z } from "zod";
import type { PageReading } from "../../src/importers/docs/read-page.js";
import type { CatalogBatch } from "../../src/inventory/batch.js";
import type { OperationResource } from "../../src/inventory/catalog.js";
import type { PageExpectation } from "./page-expectation.js";

type Facts = CatalogBatch["facts"];
type Role = Facts["roles"][number];

/** What the importer read, in the shape of an expectation. */
export function statePage(reading: PageReading): PageExpectation {
  if ("refusal" in reading) return { ...NOTHING, refusal: reading.refusal.reason };
  const { facts, source, findings } = reading.batch;
  return {
    ...NOTHING,
    ...(facts.product === undefined ? {} : { product: facts.product }),
    ...(source.uri === undefined ? {} : { uri: source.uri }),
    ...(source.updatedAt === undefined ? {} : { updatedAt: source.updatedAt }),
    services: facts.services.map(({ code, name, granularity }) => ({
      code,
      ...(name === undefined ? {} : { name }),
      ...(granularity === undefined ? {} : { granularity }),
    })),
    rows: facts.operations.map((row) => [
      row.action,
      row.name,
      row.accessLevel ?? "-",
      row.resources.map(stateResource),
      [...row.conditionKeys],
      [...row.dependentActions],
    ]),
    resourceTypes: facts.resourceTypes.map(({ service, name, arnTemplate }) => `${service} ${name} ${arnTemplate}`),
    conditionKeys: facts.conditionKeys.map(({ name }) => name),
    actions: [...facts.actions],
    roles: facts.roles.map(stateRole),
    systemPolicies: facts.policies.map(({ name, isHighRisk, description, document }) => ({
      name,
      isHighRisk,
      isDescribed: description !== undefined,
      ...(document === undefined ? {} : { statements: stateStatements(document) }),
    })),
    findings: findings.map(({ code, line }) => `${code} ${line ?? 0}`),
  };
}

const NOTHING: PageExpectation = {
  label: "",
  services: [],
  rows: [],
  resourceTypes: [],
  conditionKeys: [],
  actions: [],
  roles: [],
  systemPolicies: [],
  findings: [],
};

function stateResource({ resourceType, arnTemplate, isRequired }: OperationResource): string {
  const mark = isRequired ? "*" : "";
  return `${mark}${resourceType ?? ""} ${arnTemplate}`.trimStart();
}

function stateRole(role: Role): PageExpectation["roles"][number] {
  const states = (["createdWhen", "purpose", "creationPolicy"] as const).filter((field) => role[field] !== undefined);
  return {
    name: role.name,
    ...(role.serviceName === undefined ? {} : { principal: role.serviceName }),
    ...(role.policyName === undefined ? {} : { policy: role.policyName }),
    ...(role.document === undefined ? {} : { statements: stateStatements(role.document) }),
    states,
    purposesOf: role.servicePurposes.map(({ label }) => label),
    prerequisites: role.prerequisitesForDeletion.length,
    consequences: role.consequences.length,
  };
}

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]).default([]);
const printed = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(["Allow", "Deny"]),
      Action: texts,
      Resource: texts,
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
    }),
  ),
});

function stateStatements(document: string): NonNullable<PageExpectation["roles"][number]["statements"]> {
  return printed
    .parse(JSON.parse(document))
    .Statement.map(({ Effect, Action, Resource, Condition }) => [
      Effect,
      Action.map((text) => text.trim()),
      Resource.map((text) => text.trim()),
      Object.values(Condition).flatMap((keys) => Object.keys(keys)).length,
    ]);
}
