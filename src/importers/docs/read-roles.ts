import type { BatchFinding, ServiceLinkedRoleFact } from "../../inventory/batch.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import { type AttributedBlocks, attributeBlocks } from "./attribute-blocks.js";
import { findBlemishes } from "./blemishes.js";
import { withoutReferences } from "./clean-text.js";
import { creationTarget, fillCreationPolicy } from "./creation-policies.js";
import { noteLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import { isServicePrincipal, type PolicyBlock } from "./policy-blocks.js";
import { assembleDocument } from "./role-document.js";
import { policyNameOf, roleMentions } from "./role-names.js";
import { outlineRoles, type RoleOutline } from "./role-outline.js";
import { type RoleProperty, readRoleProperties } from "./role-properties.js";
import { type RoleProse, readRoleProse } from "./role-prose.js";
import { readServicePurposes } from "./service-purposes.js";
import type { Column } from "./table-words.js";

export interface RolesReading {
  readonly roles: readonly ServiceLinkedRoleFact[];
  readonly findings: readonly BatchFinding[];
}

export interface RolesOfPage extends RolesReading {
  /** Which role a policy of the page is about. */
  readonly subjectOf: (block: PolicyBlock) => Key | undefined;
}

/** Everything that the readers below need to know of a page. */
interface RolePage {
  readonly parts: PageParts;
  readonly outline: RoleOutline;
  readonly properties: readonly RoleProperty[];
  readonly blocks: AttributedBlocks;
  readonly prose: (role: string) => RoleProse;
}

/** Reads the service-linked roles of a page. A role without a service principal is a finding, not a fact. */
export function readRoles(parts: PageParts): RolesOfPage {
  const outline = outlineRoles(parts);
  if (outline.names.length === 0) return { roles: [], findings: [], subjectOf: () => undefined };
  const properties = readRoleProperties(parts, outline);
  const blocks = attributeBlocks(parts, outline, statedPrincipals(properties));
  const page: RolePage = { parts, outline, properties, blocks, prose: readRoleProse(parts, outline) };
  const principals = allPrincipals(page);
  const readings = outline.names.map((name) => readRole(page, name, principals));
  return {
    roles: readings.flatMap(({ roles }) => roles),
    findings: [
      ...blocks.findings,
      ...readings.flatMap(({ findings }) => findings),
      ...creationFindings(page, principals),
    ],
    subjectOf: (block) => subjectOf(page, principals, block),
  };
}

function subjectOf(page: RolePage, principals: ReadonlyMap<string, string>, block: PolicyBlock): Key | undefined {
  const targets = page.blocks.creation.includes(block) ? creationTarget(block).principals : [];
  const holder = [...page.blocks.byRole].find(([, blocks]) => blocks.includes(block))?.[0];
  const created = [...principals].find(([, principal]) => targets.includes(principal))?.[0];
  const role = holder ?? created;
  return role === undefined ? undefined : roleKey(CATALOG_ACCOUNT, role);
}

function readRole(page: RolePage, name: string, principals: ReadonlyMap<string, string>): RolesReading {
  const subject = roleKey(CATALOG_ACCOUNT, name);
  const own = page.blocks.byRole.get(name) ?? [];
  const serviceName = principals.get(name);
  if (serviceName === undefined) return { roles: [], findings: missingPrincipal(page, name, own.length > 0) };
  const { findings, ...texts } = assembleDocument(name, own, page.parts.page);
  const role = { name, serviceName, ...policyName(page, name), ...texts, ...describeRole(page, name, own) };
  const creationPolicy = creationPolicyFor(page, serviceName);
  return {
    roles: [creationPolicy === undefined ? role : { ...role, creationPolicy }],
    findings: [...findings, ...namedByPolicy(page, name), ...fromCreationOnly(page, name, serviceName)].map(
      (finding) => ({ ...finding, subject }),
    ),
  };
}

type Description = Omit<ServiceLinkedRoleFact, "name" | "serviceName" | "policyName" | "document" | "creationPolicy">;

function describeRole(page: RolePage, name: string, own: readonly PolicyBlock[]): Description {
  const prose = page.prose(name);
  const createdWhen = statedValue(page, name, "createdWhen") ?? prose.createdWhen;
  const purpose = statedValue(page, name, "purpose") ?? prose.purpose ?? statedValue(page, name, "description");
  const prerequisites = statedValue(page, name, "prerequisites");
  const bare = own.filter(({ kind }) => kind === "statement");
  return {
    ...(createdWhen === undefined ? {} : { createdWhen }),
    ...(purpose === undefined ? {} : { purpose }),
    servicePurposes: readServicePurposes(page.parts, page.outline, name, bare),
    prerequisitesForDeletion: prerequisites === undefined ? prose.prerequisites : prerequisites.split("\n"),
    consequences: prose.consequences,
  };
}

function statedValue(page: RolePage, role: string, column: Column): string | undefined {
  const value = page.properties.find((property) => property.role === role && property.column === column)?.value;
  const text =
    value === undefined
      ? undefined
      : value
          .split("\n")
          .map(withoutReferences)
          .filter((line) => line !== "");
  return text === undefined || text.length === 0 ? undefined : text.join("\n");
}

function statedPrincipals(properties: readonly RoleProperty[]): Map<string, string> {
  const named = properties.filter(({ column, value }) => column === "serviceName" && isServicePrincipal(value));
  return new Map(named.map(({ role, value }) => [role, value]));
}

/** A role's own document says best who may assume it; then tables; last the permission that lets a user create it. */
function allPrincipals({ parts, outline, properties, blocks }: RolePage): ReadonlyMap<string, string> {
  const principals = new Map([...statedPrincipals(properties), ...blocks.principals]);
  const taken = new Set(principals.values());
  for (const block of blocks.creation) {
    const role = outline.roleAt(block.start) ?? outline.roleAt(parts.page.text.length);
    const free = creationTarget(block).principals.filter((value) => isServicePrincipal(value) && !taken.has(value));
    if (role !== undefined && !principals.has(role) && free[0] !== undefined && free.length === 1)
      principals.set(role, free[0]);
  }
  return principals;
}

function creationPolicyFor(page: RolePage, serviceName: string): string | undefined {
  const targets = page.blocks.creation.map((block) => ({ block, ...creationTarget(block) }));
  const exact = targets.find(({ principals }) => principals.includes(serviceName));
  const found = exact ?? targets.find(({ isTemplate }) => isTemplate);
  return found === undefined ? undefined : fillCreationPolicy(found.block, serviceName);
}

function creationFindings(page: RolePage, principals: ReadonlyMap<string, string>): BatchFinding[] {
  return page.blocks.creation.flatMap((block) => {
    const { page: source } = page.parts;
    const isFilled = !creationTarget(block).isTemplate || principals.size > 0;
    const message = "the template for creating roles has a blank that nothing on the page fills";
    const unfilled: BatchFinding = {
      code: "PLACEHOLDER_NOT_FILLED",
      severity: "WARNING",
      message,
      ...source.placeOf(block.start),
    };
    const key = subjectOf(page, principals, block);
    const subject = key === undefined ? {} : { subject: key };
    return [...findBlemishes(block, source), ...(isFilled ? [] : [unfilled])].map((finding) => ({
      ...finding,
      ...subject,
    }));
  });
}

/** Only roles that the page really presents: a passing mention, such as a link, asks for nothing. */
function missingPrincipal(page: RolePage, name: string, hasDocument: boolean): BatchFinding[] {
  const heading = page.parts.prose.find(
    ({ isHeading, text }) => isHeading && roleMentions(text).some(({ role }) => role === name),
  );
  const isListed = page.properties.some(({ role, column }) => role === name && column === "role");
  if (heading === undefined && !isListed && !hasDocument) return [];
  const line = heading ?? page.parts.prose.find(({ text }) => text.includes(name)) ?? { number: 1 };
  return [
    noteLine(
      line,
      "ROLE_WITHOUT_PRINCIPAL",
      "WARNING",
      `no service principal is given for role \`${name}\`; it was left out`,
    ),
  ];
}

function policyName(page: RolePage, role: string): { policyName?: string } {
  const stated = statedValue(page, role, "policy");
  const mentioned = page.parts.prose.some(({ text }) =>
    roleMentions(text).some(({ policy }) => policy === policyNameOf(role)),
  );
  if (stated !== undefined && /^[A-Za-z][A-Za-z0-9-]*$/.test(stated)) return { policyName: stated };
  return mentioned ? { policyName: policyNameOf(role) } : {};
}

/** A page may call a role by its policy's name; the role is then named nowhere. */
function namedByPolicy(page: RolePage, role: string): BatchFinding[] {
  const mentions = page.parts.prose.map((line) => ({
    line,
    found: roleMentions(line.text).filter((mention) => mention.role === role),
  }));
  const inTables = page.properties.some((property) => property.role === role && property.column === "role");
  const isNamed = inTables || mentions.some(({ found }) => found.some(({ policy }) => policy === undefined));
  const first = mentions.find(({ found }) => found.length > 0)?.line;
  if (isNamed || first === undefined) return [];
  const message = `the page names a role by its policy \`${policyNameOf(role)}\`; read as role \`${role}\``;
  return [noteLine(first, "ROLE_NAMED_BY_POLICY", "WARNING", message)];
}

/** A permission for users is the weakest witness of a principal: such samples are copied from page to page. */
function fromCreationOnly(page: RolePage, role: string, serviceName: string): BatchFinding[] {
  const isStated = page.blocks.principals.has(role) || statedPrincipals(page.properties).has(role);
  const block = page.blocks.creation.find((one) => creationTarget(one).principals.includes(serviceName));
  if (isStated || block === undefined) return [];
  const message = `principal \`${serviceName}\` of role \`${role}\` is known only from the permission to create it`;
  return [
    {
      code: "PRINCIPAL_FROM_CREATION_POLICY",
      severity: "SUGGESTION",
      message,
      ...page.parts.page.placeOf(block.start),
    },
  ];
}
