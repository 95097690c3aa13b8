import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import { MISSING_DOCUMENT, scopedGrants } from "../../grants/compiled-policy.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Attachment } from "../../inventory/attachment.js";
import type { Key } from "../../inventory/keys.js";
import type { PolicyVersion } from "../../inventory/policy.js";
import type { Statement } from "../../policy/document.js";
import type { Grant } from "../../policy/grant.js";
import { unreadableStatement } from "../../policy/parse/read-statement.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { EVERYTHING, type Foothold, newcomer, withEverything, withGrants } from "./foothold.js";
import type { Primitive } from "./primitive.js";
import type { Search } from "./search.js";
import type { StepTarget } from "./targets.js";

/** What a step leads to: nothing where it changes nothing, several where there are several versions to choose from. */
export function outcomesOf(
  { snapshot, footholdOf }: Pick<Search, "snapshot" | "footholdOf">,
  { yields }: Primitive,
  from: Foothold,
  { key, principal, policy, holder }: StepTarget,
): readonly Foothold[] {
  switch (yields) {
    case "ADD_EVERYTHING":
      return [withEverything(from)];
    case "REWRITE_POLICY": {
      const statements = EVERYTHING.map(({ statement }) => statement);
      return policy === undefined ? [] : rewritten(snapshot, from, policy, { statements, name: "everything" });
    }
    case "REVIVE_POLICY":
      return policy === undefined ? [] : revived(snapshot, from, policy);
    case "DROP_POLICY":
      return without(snapshot, from, (reach) => reach.principal === holder?.key && reach.policy === key);
    case "LEAVE_GROUP":
      return without(snapshot, from, (reach) => reach.principal === key);
    case "JOIN_GROUP":
      return joined(snapshot, from, key);
    case "BECOME":
      return principal === undefined ? [] : [footholdOf(principal)];
    case "BECOME_WITH_EVERYTHING":
      return principal === undefined ? [] : [withEverything(footholdOf(principal))];
    case "BECOME_NEW":
      return [newcomer(from.principal.accountId)];
  }
}

/** The policy with other statements, at every scope that it reaches the foothold at; nothing where it no longer does. */
function rewritten(
  snapshot: Snapshot,
  from: Foothold,
  policy: CompiledPolicy,
  { statements, name }: { readonly statements: readonly Statement[]; readonly name: string },
): readonly Foothold[] {
  const reaches = reachesAt(snapshot, from).filter((reach) => reach.policy === policy.key);
  if (reaches.length === 0) return [];
  const changed: CompiledPolicy = {
    ...policy,
    grants: statements.map((statement) => ({ statement, layer: "ACCOUNT_LEVEL_IDENTITY_POLICY", policy: policy.key })),
  };
  const scopes = new Set(reaches.map(({ resourceGroupId }) => resourceGroupId));
  const added = [...scopes].flatMap((scope) =>
    scope === undefined ? changed.grants : scopedGrants(changed.grants, scope),
  );
  const others = from.grants.filter((grant) => grant.policy !== policy.key);
  return [withGrants(from, `${policy.key}=${name}`, () => [...others, ...added])];
}

function revived(snapshot: Snapshot, from: Foothold, policy: CompiledPolicy): readonly Foothold[] {
  return policy.policy.versions
    .filter(({ isDefault }) => !isDefault)
    .flatMap((version) =>
      rewritten(snapshot, from, policy, { statements: statementsOf(version), name: version.versionId }),
    );
}

function statementsOf({ documentText }: PolicyVersion): readonly Statement[] {
  if (documentText !== undefined) return parsePolicy(documentText, "IDENTITY").value.statements;
  return [unreadableStatement("", { code: MISSING_DOCUMENT, pointer: "", text: "" })];
}

function joined({ attachmentsOfPrincipal, policies }: Snapshot, from: Foothold, group: Key): readonly Foothold[] {
  const gained = (attachmentsOfPrincipal.get(group) ?? []).flatMap(({ policy, resourceGroupId }): readonly Grant[] => {
    const compiled = policies.get(policy);
    if (compiled === undefined) return [];
    return resourceGroupId === undefined ? compiled.grants : scopedGrants(compiled.grants, resourceGroupId);
  });
  return gained.length === 0 ? [] : [withGrants(from, `${JOINED}${group}`, () => [...from.grants, ...gained])];
}

/** Less the policies that reached only in one way; worth a step where something of them denies. */
function without(snapshot: Snapshot, from: Foothold, isCut: (reach: Attachment) => boolean): readonly Foothold[] {
  const reaches = reachesAt(snapshot, from);
  const kept = new Set(reaches.filter((reach) => !isCut(reach)).map(({ policy }) => policy));
  const cut = new Set(reaches.filter(isCut).flatMap(({ policy }) => (kept.has(policy) ? [] : [policy])));
  const lost = from.grants.filter(({ policy }) => cut.has(policy));
  if (!lost.some(({ statement }) => statement.effect !== "ALLOW")) return [];
  const left = from.grants.filter((grant) => !lost.includes(grant));
  return [withGrants(from, [...cut].map((policy) => `${DROPPED}${policy}`).join(" "), () => left)];
}

/** What stands before a group that was joined, and before a policy that was dropped, among the changes of a foothold. */
const [JOINED, DROPPED] = ["+", "-"];

/** How policies reach a foothold by now: less those that it dropped, and by the groups that it joined. */
function reachesAt(snapshot: Snapshot, { principal, changes }: Foothold): readonly Attachment[] {
  const reaches = reachesOf(snapshot, principal.key);
  if (changes.length === 0) return reaches;
  const isDropped = (policy: Key) => changes.some((change) => ` ${change} `.includes(` ${DROPPED}${policy} `));
  const joined = changes.filter((change) => change.startsWith(JOINED)).map((change) => change.slice(JOINED.length));
  const gained = joined.flatMap((group) => snapshot.attachmentsOfPrincipal.get(group) ?? []);
  return [...reaches.filter(({ policy }) => !isDropped(policy)), ...gained];
}
