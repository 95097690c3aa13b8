import type { BatchFinding } from "../../inventory/batch.js";
import { CATALOG_ACCOUNT, type Key, roleKey } from "../../inventory/keys.js";
import { findBlemishes } from "./blemishes.js";
import { noteLine } from "./page.js";
import type { PolicyBlock } from "./policy-blocks.js";
import { policyNameOf } from "./role-names.js";
import type { RolePage } from "./role-page.js";

/** True for a role that the page really presents: a passing mention, such as a link, asks for nothing. */
export function isPresented(page: RolePage, role: string): boolean {
  const { heading, hasOwnName, policy } = page.outline.traces.get(role) ?? {};
  const isTold = hasOwnName === true && policy !== undefined;
  return isTold || (heading ?? page.stated(role, "role") ?? page.blocks.byRole.get(role)) !== undefined;
}

/** How well the page vouches for a role's principal. */
export function principalFindings(page: RolePage, role: string): BatchFinding[] {
  const serviceName = page.principals.get(role);
  if (serviceName !== undefined) return weakPrincipal(page, role, serviceName);
  const trace = page.outline.traces.get(role);
  const line = trace?.heading ?? trace?.first ?? { number: 1 };
  const message = `no service principal is given for role \`${role}\`: which service may assume it is not known`;
  return [...doubtfulPrincipal(page, role), noteLine(line, "ROLE_WITHOUT_PRINCIPAL", "WARNING", message)];
}

function doubtfulPrincipal(page: RolePage, role: string): BatchFinding[] {
  const doubtful = page.doubtfulPrincipals.get(role);
  if (doubtful === undefined) return [];
  const message = `the permission to create role \`${role}\` names \`${doubtful.serviceName}\`, of which the page says nothing else; it was not taken for the role's principal`;
  const place = page.parts.page.placeOf(doubtful.block.start);
  return [{ code: "PRINCIPAL_DOUBTFUL", severity: "WARNING", message, ...place }];
}

/** A page may call a role by its policy's name; the role is then named nowhere. */
export function namedByPolicy(page: RolePage, role: string): BatchFinding[] {
  const trace = page.outline.traces.get(role);
  if (trace === undefined || trace.hasOwnName || page.stated(role, "role") !== undefined) return [];
  const message = `the page names a role by its policy \`${policyNameOf(role)}\`; read as role \`${role}\``;
  return [noteLine(trace.first, "ROLE_NAMED_BY_POLICY", "WARNING", message)];
}

/** The policy of a service-linked role bears its name: another one may be the policy of another role, or misspelt. */
export function namedOtherwise(page: RolePage, role: string, policyName: string | undefined): BatchFinding[] {
  if (policyName === undefined || policyName.toLowerCase() === policyNameOf(role).toLowerCase()) return [];
  const line = page.outline.traces.get(role)?.first ?? { number: 1 };
  const message = `role \`${role}\` and its policy \`${policyName}\` are named otherwise: one of them may be misspelt`;
  return [noteLine(line, "POLICY_NAMED_OTHERWISE", "WARNING", message)];
}

/** A permission for users is the weakest witness of a principal: such samples are copied from page to page. */
function weakPrincipal(page: RolePage, role: string, serviceName: string): BatchFinding[] {
  const block = page.creation.byPrincipal.get(serviceName)?.block;
  if (!page.weakPrincipals.has(role) || block === undefined) return [];
  const message = `principal \`${serviceName}\` of role \`${role}\` is known only from the permission to create it`;
  const place = page.parts.page.placeOf(block.start);
  return [{ code: "PRINCIPAL_FROM_CREATION_POLICY", severity: "SUGGESTION", message, ...place }];
}

/** What is odd in the permissions that let users create roles. */
export function creationFindings(page: RolePage, subjectOf: (block: PolicyBlock) => Key | undefined): BatchFinding[] {
  const { page: source } = page.parts;
  return page.creation.all.flatMap(({ block, isTemplate }) => {
    const subject = subjectOf(block);
    const findings = findBlemishes(block, source);
    if (isTemplate && page.principals.size === 0) findings.push(notFilled(page, block));
    return findings.map((finding) => (subject === undefined ? finding : { ...finding, subject }));
  });
}

function notFilled(page: RolePage, block: PolicyBlock): BatchFinding {
  const message = "the template for creating roles has a blank that nothing on the page fills";
  return { code: "PLACEHOLDER_NOT_FILLED", severity: "WARNING", message, ...page.parts.page.placeOf(block.start) };
}

/** Finds the role that a policy of the page is about: its holder, or the role that it lets users create. */
export function subjectFinder(page: RolePage): (block: PolicyBlock) => Key | undefined {
  const roleOf = new Map([...page.principals].map(([role, principal]) => [principal, role]));
  const created = new Map(page.creation.all.map(({ block, principals }) => [block, roleOf.get(principals[0] ?? "")]));
  return (block) => {
    const role = page.blocks.holders.get(block) ?? created.get(block);
    return role === undefined ? undefined : roleKey(CATALOG_ACCOUNT, role);
  };
}
