import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { finish } from "../../grants/steps.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import { isNotLoaded } from "../../inventory/not-loaded.js";
import type { Gap } from "../../inventory/source.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import type { Verdict } from "../../policy/decide.js";
import type { Finding } from "../../policy/finding.js";
import { isResourceGroup } from "../../policy/is-resource-group.js";
import type { AccessQuestion, ResourceChoice } from "./access-question.js";
import { touchesAccount } from "./account-gaps.js";
import { ownerOf } from "./known-context.js";

/** How far a computed answer can be trusted: what was not seen and could have touched it. */
export interface AnswerCoverage {
  readonly gaps: readonly Gap[];
}

/** What an answer looked at. */
export interface CoverageScope {
  /** Accounts whose principals were considered; `catalog` is no account. */
  readonly accountIds: ReadonlySet<string>;
  /** RAM codes of the actions' services in lower case. */
  readonly services: ReadonlySet<string>;
  /** Policies that may say something about the actions. */
  readonly policies: Pick<ReadonlySet<Key>, "keys">;
  /** The one principal that the answer is about; absent when it is about all of the accounts. */
  readonly principal?: CompiledPrincipal;
  /** Roles are assumed on the way, also where the actions are others. */
  readonly reachesOut?: boolean;
}

/** Services whose resources carry policies of their own. */
const SERVICES_WITH_RESOURCE_POLICIES: ReadonlySet<string> = new Set(["oss"]);

/**
 * Picks the gaps that could change the answer, and only those. Control policies bind members of a directory, never a
 * service-linked role; resource policies exist for some services; an unknown resource group matters where a policy is
 * attached within one.
 */
export function coverageOf(snapshot: Snapshot, scope: CoverageScope): AnswerCoverage {
  return finish(coverageInSteps(snapshot, scope));
}

/** How many policies are looked at before others get their turn. */
const STEP = 100;

/** The same; yields meanwhile, as there may be tens of thousands of policies, attached a million times. */
export function* coverageInSteps(
  snapshot: Snapshot,
  scope: CoverageScope,
): Generator<undefined, AnswerCoverage, undefined> {
  const { gaps } = snapshot.inventory;
  if (gaps.length === 0) return { gaps };
  const [members, all, concerned] = [membersOf(snapshot), [...scope.policies.keys()], new Set<Gap>()];
  // Most gaps concern an answer whatever policies it looked at, so they are gone through also where there is none.
  for (let from = 0; from === 0 || from < all.length; from += STEP) {
    const policies = all.slice(from, from + STEP);
    const looked: Looked = { ...scope, policies, names: namesOf(snapshot, policies), members };
    for (const gap of gaps) {
      if (concerned.has(gap)) continue;
      yield undefined;
      if (concerns(snapshot, looked, gap)) concerned.add(gap);
    }
  }
  return { gaps: gaps.filter((gap) => concerned.has(gap)) };
}

function namesOf({ policies }: Snapshot, keys: readonly Key[]): ReadonlySet<string> {
  return new Set(keys.flatMap((key) => policies.get(key)?.policy.name ?? []));
}

/** What an answer looked at, some policies of it at a time. */
interface Looked extends Omit<CoverageScope, "policies"> {
  readonly policies: readonly Key[];
  /** Of these policies. */
  readonly names: ReadonlySet<string>;
  /** Accounts that control policies may bind. */
  readonly members: ReadonlySet<string>;
}

/** Accounts that control policies may bind. */
function membersOf({ inventory }: Snapshot): ReadonlySet<string> {
  return new Set(inventory.members.map(({ accountId }) => accountId));
}

function concerns(snapshot: Snapshot, looked: Looked, gap: Gap): boolean {
  const { accountIds, services, policies, names, members, principal } = looked;
  if (gap.accountId !== undefined && !accountIds.has(gap.accountId)) return false;
  switch (gap.reason) {
    case "RESOURCE_POLICIES_NOT_IMPORTED":
      return [...services].some((code) => SERVICES_WITH_RESOURCE_POLICIES.has(code));
    case "RESOURCE_GROUP_UNKNOWN":
      return hasGroupScope(snapshot, gap, accountIds, policies);
    case "POLICY_DOCUMENT_MISSING":
    case "POLICY_UNREADABLE":
      return names.has(gap.subject);
    case "SERVICE_NOT_IN_CATALOG":
      return services.has(gap.subject);
    case "ACCOUNT_NOT_IMPORTED":
      return touchesAccount(gap, { principal, assumes: looked.reachesOut === true || services.has("sts") });
    case "CONTROL_POLICIES_NOT_IMPORTED":
      return gap.accountId !== undefined || bindsSome(gap, accountIds, members);
    case "RESOURCES_NOT_IMPORTED":
      return true;
  }
}

/** A gap of a directory is about one member, or about a folder in which any member may be. */
function bindsSome({ subject }: Gap, accountIds: ReadonlySet<string>, members: ReadonlySet<string>): boolean {
  if (/^\d+$/.test(subject)) return accountIds.has(subject);
  return [...accountIds].some((accountId) => members.has(accountId));
}

/** Gaps about memberships matter to policies within groups; one about a scope that is not understood to those at that scope. */
function hasGroupScope(
  { attachmentsOfPolicy }: Snapshot,
  { subject }: Gap,
  accountIds: ReadonlySet<string>,
  policies: readonly Key[],
): boolean {
  const isOfScope = !/^(?:\d+$|resourcemanager\.)/.test(subject);
  const isMeant = (scope: string) => scope === subject || (!isOfScope && isResourceGroup(scope));
  return policies.some((policy) =>
    (attachmentsOfPolicy.get(policy) ?? []).some(
      ({ resourceGroupId, principal }) =>
        resourceGroupId !== undefined && isMeant(resourceGroupId) && accountIds.has(principal.split(":")[1] ?? ""),
    ),
  );
}

/** The accounts of some principals, or of ranges of them, the catalog left out. */
export function accountsOf(principals: Iterable<Pick<CompiledPrincipal, "accountId">>): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { accountId } of principals) if (accountId !== CATALOG_ACCOUNT) accounts.add(accountId);
  return accounts;
}

/** How many of many gaps a decision names. */
const WARNINGS_LIMIT = 5;

/**
 * What one decision has to say about facts of the principal's account that were not exported, for a decision has no coverage
 * of its own. A Deny that applies settles the matter whatever else there is.
 */
export function coverageWarnings(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  question: AccessQuestion,
  verdict: Verdict,
): readonly Finding[] {
  if (verdict === "EXPLICIT_DENY") return [];
  const services = new Set(question.actions.parts.map(({ name }) => serviceOfAction(name)));
  const scope = { accountIds: accountsOf([principal]), services, policies: new Set<Key>(), principal };
  const gaps = coverageOf(snapshot, scope).gaps.filter(({ reason }) => reason === "ACCOUNT_NOT_IMPORTED");
  const more = gaps.length - WARNINGS_LIMIT;
  const details = gaps.slice(0, WARNINGS_LIMIT).map(({ detail }) => detail);
  const rest = more > 0 ? [`${more} more such gaps are in the coverage of the snapshot`] : [];
  return [...details, ...rest].map((message) => ({ code: "COVERAGE_GAP", severity: "WARNING", message }));
}

/** Accounts that were asked about by their ids and never imported: nobody of theirs can be in the answer. */
export function accountsNotImported({ accounts, inventory }: Snapshot, asked: ReadonlySet<string>): readonly Gap[] {
  const missing = [...asked].filter((id) => id !== CATALOG_ACCOUNT && !accounts.has(id)).toSorted();
  // What another server loads is told already.
  const isTold = (id: string) => inventory.gaps.some((gap) => gap.subject === id && isNotLoaded(gap));
  return missing.flatMap((subject) => {
    const detail = `account \`${subject}\` was never imported: its principals are not in the answer`;
    return isTold(subject) ? [] : [{ reason: "ACCOUNT_NOT_IMPORTED" as const, subject, detail }];
  });
}

/** Accounts that own a resource asked about and were never imported: their control and resource policies are not known. */
export function ownersNotImported({ accounts, inventory }: Snapshot, resource: ResourceChoice): readonly Gap[] {
  const owners = resource.form === "EACH" ? resource.resources.map(ownerOf) : resource.patterns.map(ownerOf);
  const missing = new Set(owners.filter((owner) => owner !== undefined && !accounts.has(owner)));
  return [...missing].flatMap((owner) => {
    const detail = `account \`${owner}\`, which owns the resource, was never imported`;
    const elsewhere = inventory.gaps.find((gap) => gap.subject === owner && isNotLoaded(gap));
    return owner === undefined
      ? []
      : [elsewhere ?? { reason: "ACCOUNT_NOT_IMPORTED" as const, subject: owner, detail }];
  });
}

/** Actions that the catalog does not know: an empty answer about one may be an answer about a misspelt name. */
export function unknownActions({ actions, remarks }: AccessQuestion): readonly Gap[] {
  if (actions.parts.every(({ key }) => key !== undefined)) return [];
  return remarks
    .filter(({ code }) => code === "UNKNOWN_ACTION")
    .map(({ message }) => ({ reason: "SERVICE_NOT_IN_CATALOG", subject: actions.text, detail: message }));
}
