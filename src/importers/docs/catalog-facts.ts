import type {
  BatchFinding,
  CatalogFacts,
  OperationFact,
  ServiceFact,
  ServiceLinkedRoleFact,
  SystemPolicyFact,
} from "../../inventory/batch.js";
import type {
  AccessLevel,
  ConditionKey,
  Granularity,
  OperationResource,
  ResourceType,
} from "../../inventory/catalog.js";
import type { Severity } from "../../policy/finding.js";
import {
  present,
  type Read,
  readCount,
  readFields,
  readFlag,
  readList,
  readMatching,
  readOneOf,
  readText,
} from "./strict-fields.js";

const LEVELS: readonly AccessLevel[] = ["CREATE", "GET", "LIST", "UPDATE", "DELETE", "NONE"];
const GRANULARITIES: readonly Granularity[] = ["SERVICE", "OPERATION", "RESOURCE"];
const SEVERITIES: readonly Severity[] = ["ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"];

const readDay = readMatching(/^\d{4}-\d{2}-\d{2}$/, "a date such as `2026-03-11`");
const readTexts = readList(readText);
const readActionName = readMatching(/^[a-z][a-z0-9-]*:[A-Za-z0-9*?]+$/, "an action such as `ecs:RunInstances`");
const readActionNames = readList(readActionName);
const readCode = readMatching(/^[a-z][a-z0-9-]*$/, "a RAM code in lower case");
const readPrincipal = readMatching(/^[a-z0-9.-]+\.aliyuncs\.com$/, "a service principal such as `ecs.aliyuncs.com`");

/** Reads the facts of a catalog file; a list that is absent is empty. */
export const readCatalogFacts: Read<CatalogFacts> = (node, pointer) => {
  const lists = ["services", "actions", "operations", "resourceTypes", "conditionKeys", "roles", "policies"];
  const fields = readFields(node, pointer, ["product", ...lists]);
  return {
    ...present({ product: fields.may("product", readText) }),
    services: fields.may("services", readList(readService)) ?? [],
    actions: fields.may("actions", readActionNames) ?? [],
    operations: fields.may("operations", readList(readOperation)) ?? [],
    resourceTypes: fields.may("resourceTypes", readList(readResourceType)) ?? [],
    conditionKeys: fields.may("conditionKeys", readList(readConditionKey)) ?? [],
    roles: fields.may("roles", readList(readRole)) ?? [],
    policies: fields.may("policies", readList(readPolicy)) ?? [],
  };
};

const readService: Read<ServiceFact> = (node, pointer) => {
  const fields = readFields(node, pointer, ["code", "name", "aliases", "granularity"]);
  return {
    code: fields.must("code", readCode),
    ...present({
      name: fields.may("name", readText),
      aliases: fields.may("aliases", readTexts),
      granularity: fields.may("granularity", readOneOf(GRANULARITIES)),
    }),
  };
};

const readOperation: Read<OperationFact> = (node, pointer) => {
  const keys = ["service", "name", "action", "accessLevel", "resources", "conditionKeys", "dependentActions"];
  const fields = readFields(node, pointer, keys);
  return {
    service: fields.must("service", readCode),
    name: fields.must("name", readText),
    action: fields.must("action", readActionName),
    ...present({ accessLevel: fields.may("accessLevel", readOneOf(LEVELS)) }),
    resources: fields.may("resources", readList(readOperationResource)) ?? [],
    conditionKeys: fields.may("conditionKeys", readTexts) ?? [],
    dependentActions: fields.may("dependentActions", readActionNames) ?? [],
  };
};

const readOperationResource: Read<OperationResource> = (node, pointer) => {
  const fields = readFields(node, pointer, ["resourceType", "arnTemplate", "isRequired"]);
  return {
    ...present({ resourceType: fields.may("resourceType", readText) }),
    arnTemplate: fields.must("arnTemplate", readText),
    isRequired: fields.must("isRequired", readFlag),
  };
};

const readResourceType: Read<ResourceType> = (node, pointer) => {
  const fields = readFields(node, pointer, ["service", "name", "arnTemplate"]);
  return {
    service: fields.must("service", readCode),
    name: fields.must("name", readText),
    arnTemplate: fields.must("arnTemplate", readText),
  };
};

const readConditionKey: Read<ConditionKey> = (node, pointer) => {
  const fields = readFields(node, pointer, ["name", "valueType", "service"]);
  return {
    name: fields.must("name", readText),
    ...present({ valueType: fields.may("valueType", readText), service: fields.may("service", readCode) }),
  };
};

const ROLE_TEXTS = ["policyName", "document", "originalText", "createdWhen", "purpose", "creationPolicy"];
const ROLE_LISTS = ["servicePurposes", "prerequisitesForDeletion", "consequences"];

const readRole: Read<ServiceLinkedRoleFact> = (node, pointer) => {
  const fields = readFields(node, pointer, ["name", "serviceName", ...ROLE_TEXTS, ...ROLE_LISTS]);
  return {
    name: fields.must("name", readText),
    ...present({
      serviceName: fields.may("serviceName", readPrincipal),
      policyName: fields.may("policyName", readText),
      document: fields.may("document", readText),
      originalText: fields.may("originalText", readText),
      createdWhen: fields.may("createdWhen", readText),
      purpose: fields.may("purpose", readText),
      creationPolicy: fields.may("creationPolicy", readText),
    }),
    servicePurposes: fields.may("servicePurposes", readList(readServicePurpose)) ?? [],
    prerequisitesForDeletion: fields.may("prerequisitesForDeletion", readTexts) ?? [],
    consequences: fields.may("consequences", readTexts) ?? [],
  };
};

const readServicePurpose: Read<ServiceLinkedRoleFact["servicePurposes"][number]> = (node, pointer) => {
  const fields = readFields(node, pointer, ["label", "purpose"]);
  return { label: fields.must("label", readText), purpose: fields.must("purpose", readText) };
};

const readPolicy: Read<SystemPolicyFact> = (node, pointer) => {
  const fields = readFields(node, pointer, [
    "name",
    "description",
    "isHighRisk",
    "document",
    "versionId",
    "createdOn",
    "updatedOn",
  ]);
  return {
    name: fields.must("name", readText),
    isHighRisk: fields.must("isHighRisk", readFlag),
    ...present({
      description: fields.may("description", readText),
      document: fields.may("document", readText),
      versionId: fields.may("versionId", readMatching(/^v[0-9]{1,9}$/, "a version such as `v1`")),
      createdOn: fields.may("createdOn", readDay),
      updatedOn: fields.may("updatedOn", readDay),
    }),
  };
};

/** Reads one finding that a catalog file keeps about its page. */
export const readKeptFinding: Read<BatchFinding> = (node, pointer) => {
  const keys = ["code", "severity", "message", "subject", "pointer", "line", "column", "suggestion"];
  const fields = readFields(node, pointer, keys);
  return {
    code: fields.must("code", readMatching(/^[A-Z][A-Z0-9_]*$/, "a code in capitals")),
    severity: fields.must("severity", readOneOf(SEVERITIES)),
    message: fields.must("message", readText),
    ...present({
      subject: fields.may("subject", readText),
      pointer: fields.may("pointer", readText),
      line: fields.may("line", readCount),
      column: fields.may("column", readCount),
      suggestion: fields.may("suggestion", readText),
    }),
  };
};
