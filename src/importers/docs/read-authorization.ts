import type { BatchFinding, CatalogFacts, ServiceFact } from "../../inventory/batch.js";
import type { AccessLevel, Operation, OperationResource, ResourceType } from "../../inventory/catalog.js";
import { actionKey, serviceKey } from "../../inventory/keys.js";
import { type AuthorizationRow, isArn, rowsOfLines, rowsOfTable } from "./authorization-rows.js";
import { noteLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { type RamCode, readRamCode } from "./ram-code.js";

export type AuthorizationFacts = Pick<CatalogFacts, "services" | "operations" | "resourceTypes" | "conditionKeys">;

export interface AuthorizationReading {
  readonly facts: AuthorizationFacts;
  readonly findings: readonly BatchFinding[];
}

/** Reads the authorization table of a page: which action guards which operation, on what, and what else is needed. */
export function readAuthorization(parts: PageParts): AuthorizationReading {
  const ramCode = readRamCode(parts.prose);
  const api = /^([A-Z]\w+)(?:\s+-\s|$)/.exec(parts.head.title)?.[1];
  const fromTables = parts.tables.flatMap((table) => rowsOfTable(table, api));
  const rows = fromTables.length > 0 ? fromTables : rowsOfLines(parts.prose);
  const readings = rows.map((row) => readRow(row, ramCode?.codes[0] ?? row.action.split(":")[0] ?? ""));
  const operations = readings.flatMap(({ operation }) => (operation === undefined ? [] : [operation]));
  return {
    facts: {
      services: ramCode === undefined ? [] : serviceFacts(ramCode, parts.head.product),
      operations,
      resourceTypes: resourceTypesOf(operations),
      conditionKeys: conditionKeysOf(operations),
    },
    findings: [
      ...(ramCode?.findings ?? []),
      ...readings.flatMap(({ findings }) => findings),
      ...(ramCode === undefined ? [] : tableFindings(ramCode, operations)),
    ],
  };
}

/** The first code is the product's own; the others belong to products that its operations reach into. */
function serviceFacts({ product, codes, granularity }: RamCode, titleProduct: string | undefined): ServiceFact[] {
  return codes.slice(0, 1).map((code) => {
    const name = titleProduct ?? product;
    return {
      code,
      name,
      ...(product === name ? {} : { aliases: [product] }),
      ...(granularity === undefined ? {} : { granularity }),
    };
  });
}

interface RowReading {
  readonly operation?: Operation;
  readonly findings: readonly BatchFinding[];
}

function readRow(row: AuthorizationRow, service: string): RowReading {
  const accessLevel = levelOf(row.level, row.api);
  if (accessLevel === undefined || row.api === "" || service === "") {
    const what = row.api === "" ? "no operation is named" : `access level \`${row.level}\` is none that is known`;
    const finding = noteLine(
      row.line,
      "ROW_UNREADABLE",
      "WARNING",
      `row of \`${row.action}\`: ${what}; the row was left out`,
    );
    return { findings: [{ ...finding, subject: actionKey(row.action) }] };
  }
  const { resources, findings } = readResources(row);
  const { action, api: name, conditionKeys, dependentActions } = row;
  return { operation: { service, name, action, accessLevel, resources, conditionKeys, dependentActions }, findings };
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  create: "CREATE",
  get: "GET",
  list: "LIST",
  update: "UPDATE",
  delete: "DELETE",
  none: "NONE",
  read: "GET",
};

/** Older pages know only `Write`: whether it creates or deletes is then told by the operation's verb. */
function levelOf(level: string, api: string): AccessLevel | undefined {
  const word = level.toLowerCase();
  if (word !== "write") return LEVELS[word];
  if (/^(?:create|add|register)/i.test(api)) return "CREATE";
  return /^(?:delete|remove|unregister)/i.test(api) ? "DELETE" : "UPDATE";
}

function readResources(row: AuthorizationRow): { resources: OperationResource[]; findings: BatchFinding[] } {
  const resources: OperationResource[] = [];
  const findings: BatchFinding[] = [];
  let label = "";
  for (const cell of row.resource) {
    if (isArn(cell)) resources.push(resourceOf(label, cell));
    else label = cell;
  }
  if (resources.length === 0 && row.resource.length > 0)
    findings.push(
      noteLine(
        row.line,
        "RESOURCE_UNREADABLE",
        "WARNING",
        `row of \`${row.action}\`: resource \`${row.resource.join(" ")}\` has no ARN`,
      ),
    );
  return { resources, findings };
}

function resourceOf(label: string, arnTemplate: string): OperationResource {
  const name = label.replace(/^\*\s*/, "");
  const isAll = arnTemplate === "*" || /^(?:all resources?|全部资源)$/i.test(name);
  return { ...(isAll || name === "" ? {} : { resourceType: name }), arnTemplate, isRequired: label.startsWith("*") };
}

function resourceTypesOf(operations: readonly Operation[]): ResourceType[] {
  const types = new Map<string, ResourceType>();
  for (const { service, resources } of operations) {
    for (const { resourceType: name, arnTemplate } of resources) {
      if (name === undefined) continue;
      const owner = arnTemplate.split(":")[1] ?? service;
      const key = `${owner} ${name} ${arnTemplate}`.toLowerCase();
      if (!types.has(key)) types.set(key, { service: owner, name, arnTemplate });
    }
  }
  return [...types.values()];
}

function conditionKeysOf(operations: readonly Operation[]): CatalogFacts["conditionKeys"] {
  const names = new Set(operations.flatMap(({ conditionKeys }) => conditionKeys));
  return [...names].map((name) => {
    const service = name.split(":")[0] ?? "";
    return service === "acs" || service === "" ? { name } : { name, service };
  });
}

function tableFindings(ramCode: RamCode, operations: readonly Operation[]): BatchFinding[] {
  const subject = ramCode.codes[0] === undefined ? {} : { subject: serviceKey(ramCode.codes[0]) };
  if (operations.length === 0)
    return [{ ...noteLine(ramCode.line, "TABLE_EMPTY", "WARNING", "the authorization table has no rows"), ...subject }];
  const named = operations.filter(({ resources }) =>
    resources.some(({ resourceType }) => resourceType !== undefined),
  ).length;
  if (ramCode.granularity === undefined || ramCode.granularity === "RESOURCE" || named === 0) return [];
  const message = `the page says granularity \`${ramCode.granularity}\`, but ${named} of ${operations.length} rows name resources; the rows count`;
  return [{ ...noteLine(ramCode.line, "GRANULARITY_CONTRADICTS_ROWS", "WARNING", message), ...subject }];
}
