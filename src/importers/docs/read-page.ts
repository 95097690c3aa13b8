import type { BatchFinding, CatalogBatch, CatalogFacts } from "../../inventory/batch.js";
import { NO_CATALOG_FACTS } from "../../inventory/batch.js";
import type { Key } from "../../inventory/keys.js";
import { decodePage } from "./decode-page.js";
import { isTooDeep, looksLikeHtml, readHtmlLines } from "./html-lines.js";
import type { Page } from "./page.js";
import { findPageAddress } from "./page-address.js";
import type { PageHead } from "./page-head.js";
import { refuseHtml, refusePage, refuseText } from "./page-limits.js";
import { readPageLines } from "./page-lines.js";
import { type PageParts, takeApart } from "./page-parts.js";
import { sourceOfPage } from "./page-source.js";
import type { PolicyBlock } from "./policy-blocks.js";
import { readAuthorization } from "./read-authorization.js";
import { readRoles } from "./read-roles.js";
import { printedPolicyKey, readSystemPolicies } from "./read-system-policies.js";

export interface PagePlace {
  /** Address of the page, where it is known from elsewhere; else the page may give it. */
  readonly uri?: string;
  readonly fileName: string;
}

/** A page that cannot be read, and why, in words for the person who imports it. */
export interface Refusal {
  readonly fileName: string;
  readonly reason: string;
}

export type PageReading = { readonly batch: CatalogBatch } | { readonly refusal: Refusal };

/**
 * Reads one saved documentation page (UTF-8 text, Markdown or HTML) into a batch of catalog facts. A page is recognised
 * by what it holds: service-linked roles, an authorization table, system policies, or several of them. The same bytes
 * always give the same batch.
 */
export function readPage(bytes: Uint8Array, place: PagePlace): PageReading {
  const refuse = (reason: string): PageReading => ({ refusal: { fileName: place.fileName, reason } });
  const decoded = decodePage(bytes);
  if ("reason" in decoded) return refuse(decoded.reason);
  const page = linesOf(decoded.text);
  if ("reason" in page) return refuse(page.reason);
  const { head, facts, findings } = readFacts(page, place.fileName);
  if (isEmpty(facts)) return refuse(nothingFound(findings));
  const source = sourceOfPage(bytes, head, facts, place.uri ?? findPageAddress(decoded.text));
  return { batch: { kind: "catalog", source, facts, findings } };
}

function linesOf(text: string): Page | { readonly reason: string } {
  const page = looksLikeHtml(text) ? linesOfHtml(text) : linesOfText(text);
  const reason = "reason" in page ? undefined : refusePage(page);
  return reason === undefined ? page : { reason };
}

function linesOfHtml(text: string): Page | { readonly reason: string } {
  if (isTooDeep(text))
    return { reason: "the HTML nests deeper than 500 elements, which no page of the help centre does" };
  const reason = refuseHtml(text);
  return reason === undefined ? readHtmlLines(text) : { reason };
}

function linesOfText(text: string): Page | { readonly reason: string } {
  const reason = refuseText(text);
  return reason === undefined ? readPageLines(text) : { reason };
}

interface PageFacts {
  readonly head: PageHead;
  readonly facts: CatalogFacts;
  readonly findings: readonly BatchFinding[];
}

function readFacts(page: Page, fileName: string): PageFacts {
  const parts = takeApart(page, fileName);
  const roles = readRoles(parts);
  const authorization = readAuthorization(parts);
  const { policies, actions, findings } = readSystemPolicies(parts);
  const mended = parts.blocks.flatMap((block) => repairsOf(block, roles.subjectOf(block) ?? policyOf(parts, block)));
  const product = productOf(parts);
  const facts = {
    ...NO_CATALOG_FACTS,
    ...(product === undefined ? {} : { product }),
    ...authorization.facts,
    roles: roles.roles,
    policies,
    actions,
  };
  return {
    head: datedHead(parts),
    facts,
    findings: inOrder([...parts.findings, ...mended, ...roles.findings, ...authorization.findings, ...findings]),
  };
}

/** A page about one policy is titled by the service that keeps all policies, not by the one that the policy is for. */
function productOf({ head, printed }: PageParts): string | undefined {
  return printed.some(({ versionId }) => versionId !== undefined) ? undefined : head.product;
}

/** Where the page itself gives no day, the day of the one policy that it is about is that of what it says. */
function datedHead({ head, printed }: PageParts): PageHead {
  const updatedAt = head.updatedAt ?? printed.find(({ updatedOn }) => updatedOn !== undefined)?.updatedOn;
  return updatedAt === undefined ? head : { ...head, updatedAt };
}

function policyOf({ printed }: PageParts, block: PolicyBlock): Key | undefined {
  const policy = printed.find((one) => one.block === block);
  return policy === undefined ? undefined : printedPolicyKey(policy);
}

function repairsOf(block: PolicyBlock, subject: Key | undefined): BatchFinding[] {
  return block.repairs.map((finding) => (subject === undefined ? finding : { ...finding, subject }));
}

function inOrder(findings: readonly BatchFinding[]): BatchFinding[] {
  return findings.toSorted(
    (one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0),
  );
}

/** A product's own name and actions in passing are facts too, but only a table, a role or a policy makes a page worth keeping. */
function isEmpty({ services, operations, resourceTypes, conditionKeys, roles, policies }: CatalogFacts): boolean {
  return [services, operations, resourceTypes, conditionKeys, roles, policies].every(({ length }) => length === 0);
}

function nothingFound(findings: readonly BatchFinding[]): string {
  const first = findings.find(({ severity }) => severity !== "SUGGESTION");
  const detail = first === undefined ? "" : `; at line ${first.line ?? 1}: ${first.message}`;
  return `the page holds no service-linked role, no authorization table and no system policy that could be read${detail}`;
}
