import type { BatchFinding, CatalogFacts, OperationFact, ServiceFact } from "../../inventory/batch.js";
import { serviceKey } from "../../inventory/keys.js";
import { type AuthorizationTables, findAuthorizationTables } from "./authorization-tables.js";
import { conditionKeysOf } from "./condition-keys.js";
import { joinRows } from "./join-rows.js";
import { noteLine, type PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { indexTemplates, readResourceTypes } from "./page-templates.js";
import { type RamCode, readRamCodes } from "./ram-code.js";
import { type RowReading, readRow } from "./read-row.js";
import { resourceTypesOf } from "./resource-types.js";
import { fullTemplatesIn, serviceFinder } from "./row-services.js";
import { tellGaps } from "./table-gaps.js";

export type AuthorizationFacts = Pick<CatalogFacts, "services" | "operations" | "resourceTypes" | "conditionKeys">;

export interface AuthorizationReading {
  readonly facts: AuthorizationFacts;
  readonly findings: readonly BatchFinding[];
}

/** Reads the authorization tables of a page: which action guards which operation, on what, and what else is needed. */
export function readAuthorization(parts: PageParts): AuthorizationReading {
  const ramCodes = readRamCodes(parts.prose);
  const tables = findAuthorizationTables(parts);
  const { types, findings: typeFindings } = readResourceTypes(tables.typeRows);
  const readings = readRows(tables, ramCodes, indexTemplates(types, fullTemplatesIn(tables.rows)));
  const { operations, findings: joinFindings } = joinRows(
    readings.flatMap(({ row, operations: own }) => own.map((operation) => ({ line: row.line, operation }))),
  );
  return {
    facts: {
      services: ramCodes.flatMap((ramCode) =>
        serviceFacts(ramCode, ramCodes.length === 1 ? parts.head.product : undefined),
      ),
      operations,
      resourceTypes: resourceTypesOf(types, operations),
      conditionKeys: conditionKeysOf(parts.tables, tables.lineTables, operations),
    },
    findings: [
      ...ramCodes.flatMap(({ findings }) => findings),
      ...typeFindings,
      ...readings.flatMap(({ findings }) => findings),
      ...joinFindings,
      ...tellGaps(readings),
      ...tableFindings(ramCodes, tables, operations),
      ...notDisclosed(parts.prose),
    ],
  };
}

type Reading = RowReading & { readonly row: AuthorizationTables["rows"][number] };

function readRows(
  { rows }: AuthorizationTables,
  ramCodes: readonly RamCode[],
  templates: ReturnType<typeof indexTemplates>,
): Reading[] {
  const codeAt = (line: PageLine): string | undefined =>
    (ramCodes.findLast((one) => one.line.number <= line.number) ?? ramCodes[0])?.codes[0];
  const serviceOf = serviceFinder(rows, templates);
  return rows.map((row) => {
    const code = codeAt(row.line);
    return { row, ...readRow(row, { templates, code, service: code ?? serviceOf(row) }) };
  });
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

function tableFindings(
  ramCodes: readonly RamCode[],
  { headers, rows }: AuthorizationTables,
  operations: readonly OperationFact[],
): BatchFinding[] {
  const [ramCode] = ramCodes;
  const line = ramCode?.line ?? headers[0];
  if (operations.length > 0)
    return ramCodes.length === 1 && ramCode !== undefined ? granularityFindings(ramCode, operations) : [];
  if (line === undefined || (headers.length === 0 && ramCodes.length !== 1)) return [];
  const message =
    rows.length > 0 ? "no row of the authorization table can be read" : "the authorization table has no rows";
  return [about(ramCode, noteLine(line, "TABLE_EMPTY", "WARNING", message))];
}

const NOT_DISCLOSED =
  /\bno (?:ram )?authorization information\b|authorization information (?:is|has) not\b|(?:暂无|没有|无)(?:可用的)?(?:RAM ?)?(?:授权|鉴权)信息/i;

/** That a page says nothing of the rights for an operation does not mean that none are needed. */
function notDisclosed(prose: readonly PageLine[]): BatchFinding[] {
  const line = prose.find(({ text }) => NOT_DISCLOSED.test(text));
  if (line === undefined) return [];
  const message =
    "the page says that it has no authorization information; which actions its operation needs is not known";
  return [noteLine(line, "AUTHORIZATION_NOT_DISCLOSED", "WARNING", message)];
}

function granularityFindings(ramCode: RamCode, operations: readonly OperationFact[]): BatchFinding[] {
  const named = operations.filter(({ resources }) =>
    resources.some(({ resourceType }) => resourceType !== undefined),
  ).length;
  if (ramCode.granularity === undefined || ramCode.granularity === "RESOURCE" || named === 0) return [];
  const message = `the page says granularity \`${ramCode.granularity}\`, but ${named} of ${operations.length} rows name resources; the rows count`;
  return [about(ramCode, noteLine(ramCode.line, "GRANULARITY_CONTRADICTS_ROWS", "WARNING", message))];
}

function about(ramCode: RamCode | undefined, finding: BatchFinding): BatchFinding {
  const code = ramCode?.codes[0];
  return code === undefined ? finding : { ...finding, subject: serviceKey(code) };
}
