import type { BatchFinding } from "../../inventory/batch.js";
import { asciiLower } from "../../policy/ascii.js";
import type { JsonNode, JsonObject, JsonString } from "../../policy/json/json-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { findJsonBlocks, type JsonBlock } from "./json-blocks.js";
import type { Page } from "./page.js";
import { type RepairedJson, repairJson } from "./repair-json.js";

/** A policy document, or a statement that stands alone, as a page prints it. */
export interface PolicyBlock {
  readonly kind: "document" | "statement";
  readonly start: number;
  readonly end: number;
  /** Valid JSON. */
  readonly text: string;
  /** The page's characters; absent where `text` is the same. */
  readonly originalText?: string;
  readonly statements: readonly JsonObject[];
  /** What had to be mended before it was JSON. */
  readonly repairs: readonly BatchFinding[];
  /** Offset in the page of an offset in `text`. */
  readonly pageOffset: (offset: number) => number;
}

export interface PolicyBlocks {
  readonly blocks: readonly PolicyBlock[];
  /** All stretches of JSON, policies or not: they are no prose. */
  readonly json: readonly JsonBlock[];
  /** Policies that could not be read. */
  readonly findings: readonly BatchFinding[];
}

/** Finds and mends the policy documents of a page. JSON that is no policy is passed over. */
export function readPolicyBlocks(page: Page): PolicyBlocks {
  const json = findJsonBlocks(page.text);
  const blocks: PolicyBlock[] = [];
  const findings: BatchFinding[] = [];
  for (const block of json) {
    const source = page.text.slice(block.start, block.end);
    if (!/["“”「](?:Statement|Action|NotAction|Effect)["”“」]/.test(source)) continue;
    const reading = block.isBalanced ? readBlock(source, block, page) : unbalanced(block, page);
    findings.push(...reading.findings);
    if (reading.block !== undefined) blocks.push(reading.block);
  }
  return { blocks, json, findings };
}

interface BlockReading {
  readonly block?: PolicyBlock;
  readonly findings: readonly BatchFinding[];
}

function unbalanced(block: JsonBlock, page: Page): BlockReading {
  const message = "braces of this policy do not balance; the document was left out";
  return { findings: [{ code: "UNBALANCED_BRACES", severity: "ERROR", message, ...page.placeOf(block.start) }] };
}

function readBlock(source: string, block: JsonBlock, page: Page): BlockReading {
  const repaired = repairJson(source);
  const reading = parseJson(repaired.text);
  if (reading.node === undefined || reading.problems.length > 0) {
    const problem = reading.problems[0];
    const place = page.placeOf(block.start + repaired.originAt(problem?.at ?? 0));
    const message = `this policy is not readable: ${problem?.message ?? "no JSON"}; the document was left out`;
    return { findings: [{ code: "POLICY_UNREADABLE", severity: "ERROR", message, ...place }] };
  }
  const shape = policyShape(reading.node);
  if (shape === undefined) return { findings: [] };
  const found = { ...shape, start: block.start, end: block.end, text: repaired.text };
  const pageOffset = (offset: number): number => block.start + repaired.originAt(offset);
  const original = repaired.text === source ? {} : { originalText: source };
  const repairs = repairFindings(repaired, block, page, shape.kind);
  return { block: { ...found, ...original, repairs, pageOffset }, findings: [] };
}

function repairFindings(repaired: RepairedJson, block: JsonBlock, page: Page, kind: string): BatchFinding[] {
  const repairs = repaired.repairs.map(({ code, message, at }) => ({ code, message, at: block.start + at }));
  const comma = kind === "statement" ? commaBehind(page.text, block.end) : undefined;
  if (comma !== undefined) repairs.push({ code: "TRAILING_COMMA", message: "comma behind a statement", at: comma });
  return repairs.map(({ code, message, at }) => ({
    code,
    severity: "WARNING",
    message: `${message}; mended`,
    ...page.placeOf(at),
  }));
}

/** Offset of a comma behind a block that no further statement follows. */
function commaBehind(text: string, end: number): number | undefined {
  const rest = /^[ \t\u00a0]*,/.exec(text.slice(end, end + 200))?.[0];
  if (rest === undefined) return undefined;
  return /^\s*\{/.test(text.slice(end + rest.length, end + rest.length + 400)) ? undefined : end + rest.length - 1;
}

function policyShape(node: JsonNode): Pick<PolicyBlock, "kind" | "statements"> | undefined {
  if (node.type !== "object") return undefined;
  const list = memberOf(node, "Statement");
  const kind = list === undefined ? "statement" : "document";
  const items = list === undefined ? [node] : list.type === "array" ? list.items : [list];
  const statements = items.filter((item) => item.type === "object");
  const areAll = statements.length === items.length && statements.every(isStatement);
  return areAll && statements.length > 0 ? { kind, statements } : undefined;
}

/** The skeleton that explains the grammar (`"Effect": "<Effect>"`) is no policy, and a trust policy grants nothing. */
function isStatement(node: JsonObject): boolean {
  const effect = memberOf(node, "Effect");
  const isSkeleton = effect?.type === "string" && effect.value.startsWith("<");
  const hasAction = memberOf(node, "Action") !== undefined || memberOf(node, "NotAction") !== undefined;
  return effect !== undefined && !isSkeleton && hasAction && memberOf(node, "Principal") === undefined;
}

export function memberOf(node: JsonObject, key: string): JsonNode | undefined {
  return node.members.find((member) => member.key === key)?.value;
}

/** The strings of a string or an array of strings. */
export function stringsOf(node: JsonNode | undefined): JsonString[] {
  const items = node?.type === "array" ? node.items : node === undefined ? [] : [node];
  return items.filter((item) => item.type === "string");
}

/** The values that a statement demands for `ram:ServiceName`, whatever the operator. */
export function serviceNamesOf(statement: JsonObject): JsonString[] {
  const condition = memberOf(statement, "Condition");
  if (condition?.type !== "object") return [];
  return condition.members.flatMap(({ value }) =>
    value.type === "object"
      ? value.members
          .filter(({ key }) => asciiLower(key) === "ram:servicename")
          .flatMap((member) => stringsOf(member.value))
      : [],
  );
}

const MANAGING = new Set(["ram:createservicelinkedrole", "ram:deleteservicelinkedrole"]);

/** A permission for users: it lets them have the role created, so it is none of the role's own. */
export function isCreationPolicy(block: PolicyBlock): boolean {
  const actions = block.statements.flatMap((statement) => stringsOf(memberOf(statement, "Action")));
  const names = actions.map(({ value }) => asciiLower(value.trim()));
  return names.includes("ram:createservicelinkedrole") && names.every((name) => MANAGING.has(name));
}

/** The service principal that a role's own policy names where it may delete the role. */
export function ownServiceName(block: PolicyBlock): string | undefined {
  for (const statement of block.statements) {
    const actions = stringsOf(memberOf(statement, "Action")).map(({ value }) => asciiLower(value.trim()));
    if (!actions.includes("ram:deleteservicelinkedrole")) continue;
    const name = serviceNamesOf(statement).find(({ value }) => isServicePrincipal(value));
    if (name !== undefined) return name.value;
  }
  return undefined;
}

export function isServicePrincipal(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.aliyuncs\.com$/.test(text);
}
