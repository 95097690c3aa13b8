import type { BatchFinding, ServiceLinkedRoleFact } from "../../inventory/batch.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import { sentencesOf } from "./clean-text.js";
import { creationPolicyFor } from "./creation-policies.js";
import type { PageParts } from "./page-parts.js";
import type { PolicyBlock } from "./policy-blocks.js";
import { assembleDocument } from "./role-document.js";
import {
  creationFindings,
  isPresented,
  namedByPolicy,
  namedOtherwise,
  principalFindings,
  subjectFinder,
} from "./role-findings.js";
import { type RolePage, readRolePage } from "./role-page.js";
import { type RoleProse, readRoleProse } from "./role-prose.js";
import { readServicePurposes, type ServicePurposesOf } from "./service-purposes.js";

export interface RolesReading {
  readonly roles: readonly ServiceLinkedRoleFact[];
  readonly findings: readonly BatchFinding[];
  /** Which role a policy of the page is about. */
  readonly subjectOf: (block: PolicyBlock) => Key | undefined;
}

/** No page of the help centre comes near; text that names more roles is not read for them. */
const MOST_ROLES = 2000;

/**
 * Reads the service-linked roles that a page presents. A role whose service principal the page does not give is known all the
 * same, with a finding; one that the page only mentions is none of its facts.
 */
export function readRoles(parts: PageParts): RolesReading {
  const page = readRolePage(parts);
  const { names } = page.outline;
  const subjectOf = subjectFinder(page);
  if (names.length === 0) return { roles: [], findings: creationFindings(page, subjectOf), subjectOf };
  if (names.length > MOST_ROLES) return { roles: [], findings: [tooMany(names.length)], subjectOf };
  const readings = names.map(roleReader(page));
  return {
    roles: readings.flatMap(({ role }) => (role === undefined ? [] : [role])),
    findings: [
      ...page.blocks.findings,
      ...readings.flatMap(({ findings }) => findings),
      ...creationFindings(page, subjectOf),
    ],
    subjectOf,
  };
}

function tooMany(count: number): BatchFinding {
  const message = `the text names ${count} service-linked roles; at most ${MOST_ROLES} are read from one page, so none was`;
  return { code: "TOO_MANY_ROLES", severity: "ERROR", message, line: 1, column: 1 };
}

interface RoleReading {
  readonly role?: ServiceLinkedRoleFact;
  readonly findings: readonly BatchFinding[];
}

function roleReader(page: RolePage): (name: string) => RoleReading {
  const proseOf = readRoleProse(page.parts, page.outline);
  const purposesOf = readServicePurposes(page.parts, page.outline);
  return (name) => {
    const serviceName = page.principals.get(name);
    if (serviceName === undefined && !isPresented(page, name)) return { findings: [] };
    const { findings, ...texts } = assembleDocument(name, page.blocks.byRole.get(name) ?? [], page.parts.page);
    const described = describe(page, name, proseOf(name), purposesOf);
    const role = {
      name,
      ...(serviceName === undefined ? {} : { serviceName }),
      ...policyName(page, name),
      ...texts,
      ...described,
      ...creation(page, serviceName),
    };
    const all = [
      ...findings,
      ...namedByPolicy(page, name),
      ...namedOtherwise(page, name, role.policyName),
      ...principalFindings(page, name),
    ];
    const subject = roleKey(CATALOG_ACCOUNT, name);
    return { role, findings: all.map((finding) => ({ ...finding, subject })) };
  };
}

type Description = Omit<ServiceLinkedRoleFact, "name" | "serviceName" | "policyName" | "document" | "creationPolicy">;

/** What tables and labelled lines say counts before what sentences say. */
function describe(page: RolePage, name: string, prose: RoleProse, purposesOf: ServicePurposesOf): Description {
  const createdWhen = page.stated(name, "createdWhen") ?? prose.createdWhen;
  const stated = page.stated(name, "purpose") ?? prose.purpose ?? page.stated(name, "description") ?? prose.aim;
  const purpose = stated === undefined ? undefined : withoutSentence(stated, createdWhen);
  const bare = (page.blocks.byRole.get(name) ?? []).filter(({ kind }) => kind === "statement");
  return {
    ...(createdWhen === undefined ? {} : { createdWhen }),
    ...(purpose === undefined ? {} : { purpose }),
    servicePurposes: purposesOf(name, bare),
    prerequisitesForDeletion: page.stated(name, "prerequisites")?.split("\n") ?? prose.prerequisites,
    consequences: prose.consequences,
  };
}

/** What only says when the role is created is no purpose, unless there is nothing else. */
function withoutSentence(text: string, sentence: string | undefined): string {
  const sentences = sentencesOf(text);
  const rest = sentences.filter((one) => one !== sentence);
  return rest.length === 0 || rest.length === sentences.length ? text : rest.join(" ");
}

function policyName(page: RolePage, role: string): { readonly policyName?: string } {
  const stated = page.stated(role, "policy");
  const isName = stated !== undefined && /^[A-Za-z][A-Za-z0-9-]*$/.test(stated);
  const name = isName ? stated : page.outline.traces.get(role)?.policy;
  return name === undefined ? {} : { policyName: name };
}

function creation(page: RolePage, serviceName: string | undefined): { readonly creationPolicy?: string } {
  const creationPolicy = serviceName === undefined ? undefined : creationPolicyFor(page.creation, serviceName);
  return creationPolicy === undefined ? {} : { creationPolicy };
}
