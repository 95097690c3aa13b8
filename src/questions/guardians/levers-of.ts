import { policyArn, principalArn } from "../../grants/arn-of.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { reachesOf } from "../../grants/reaches-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Attachment } from "../../inventory/attachment.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";
import type { Decision } from "../access/decision.js";
import { decidedBy } from "../access/explain-access.js";
import { ownerOf } from "../access/known-context.js";
import type { Lever } from "./lever.js";

/**
 * The changes that would alter an answer: to the policies, attachments, groups and trust that settled it; of a no by silence, to
 * what could speak: every policy that reaches the principal, and new attachments. What its service or the cloud itself keeps
 * (service-linked roles, the text of system policies) nobody of an account can change.
 */
export function leversOf(decision: Decision): readonly Lever[] {
  const settling = decidedBy(decision).map(({ grant }) => grant);
  const own = decision.asker?.principal;
  const isFixed = own === undefined || own.accountId === CATALOG_ACCOUNT || own.serviceName !== undefined;
  const levers = [
    ...(isFixed ? [] : identityLevers(decision, own, settling)),
    ...resourceLevers(decision, settling),
    ...controlLevers(decision, settling),
  ];
  return [
    ...new Map(levers.map((lever) => [`${lever.action} ${lever.arns.join(" ")} ${lever.subject}`, lever])).values(),
  ];
}

const ADMINISTRATOR_ACCESS = "acs:ram::system:policy/AdministratorAccess";

function identityLevers(
  decision: Decision,
  principal: CompiledPrincipal,
  settling: readonly Grant[],
): readonly Lever[] {
  const { snapshot, verdict } = decision;
  const isSilent = verdict === "IMPLICIT_DENY";
  const named = new Set(settling.map(({ policy }) => policy));
  const reaches = reachesOf(snapshot, principal.key).filter(({ policy }) => isSilent || named.has(policy));
  const policies = new Set(reaches.map(({ policy }) => policy));
  return [
    ...[...policies].flatMap((key) => rewriting(snapshot.policies.get(key))),
    ...(isSilent ? [] : reaches.flatMap((reach) => detaching(snapshot, principal, reach))),
    ...(verdict === "ALLOWED" || verdict === "EXPLICIT_DENY" ? [] : attaching(snapshot, principal)),
  ];
}

function rewriting(compiled: CompiledPolicy | undefined): readonly Lever[] {
  const { policy, key } = compiled ?? {};
  if (policy?.type !== "CUSTOM" || policy.accountId === undefined || key === undefined) return [];
  const common = { accountId: policy.accountId, arns: [policyArn(policy)], subject: key };
  const rewrite: Lever = {
    ...common,
    kind: "REWRITE_POLICY",
    action: "ram:CreatePolicyVersion",
    text: `rewrite policy ${policy.name}`,
  };
  if (policy.versions.length < 2) return [rewrite];
  const text = `put another version of policy ${policy.name} in force`;
  return [rewrite, { ...common, kind: "REVIVE_POLICY_VERSION", action: "ram:SetDefaultPolicyVersion", text }];
}

function detaching(snapshot: Snapshot, principal: CompiledPrincipal, reach: Attachment): readonly Lever[] {
  const policy = snapshot.policies.get(reach.policy)?.policy;
  if (policy === undefined) return [];
  const { accountId } = principal;
  const group = snapshot.groups.get(reach.principal);
  const holder = group === undefined ? principal.arn : principalArn("group", accountId, group.name);
  const kind = group === undefined ? (principal.kind === "USER" ? "User" : "Role") : "Group";
  const detach: Lever = {
    kind: "DETACH_POLICY",
    accountId,
    action: `ram:DetachPolicyFrom${kind}`,
    arns: [holder, policyArn(policy)],
    subject: reach.principal,
    text: `detach policy ${policy.name} from ${group?.name ?? principal.name}`,
  };
  if (group === undefined) return [detach];
  const text = `remove ${principal.name} from group ${group.name}`;
  const arns = [principal.arn, holder];
  const leave = { accountId, action: "ram:RemoveUserFromGroup", arns, subject: reach.principal, text };
  return [detach, { ...leave, kind: "REMOVE_FROM_GROUP" }];
}

/** Whoever may attach the policy that allows everything may turn silence into a yes. */
function attaching({ groups, groupsOfUser }: Snapshot, principal: CompiledPrincipal): readonly Lever[] {
  const { accountId, key, kind } = principal;
  const lever = (word: string, arn: string, name: string, subject: Key): Lever => ({
    kind: "ATTACH_POLICY",
    accountId,
    action: `ram:AttachPolicyTo${word}`,
    arns: [arn, ADMINISTRATOR_ACCESS],
    subject,
    text: `attach a policy to ${name}`,
  });
  const own = lever(kind === "USER" ? "User" : "Role", principal.arn, principal.name, key);
  const shared = (groupsOfUser.get(key) ?? []).flatMap((group) => {
    const name = groups.get(group)?.name;
    return name === undefined ? [] : [lever("Group", principalArn("group", accountId, name), name, group)];
  });
  return [own, ...shared];
}

/** The trust of the roles that were to be assumed, and the policies of the buckets that were asked about. */
function resourceLevers({ snapshot, judged, ruling }: Decision, settling: readonly Grant[]): readonly Lever[] {
  const named = new Set(settling.map(({ policy }) => policy));
  const isBlocked = ruling.blockedBy.includes("ASSUME_ROLE_POLICY");
  const layers = judged.actions.flatMap(({ points }) => points.flatMap(({ layers: { resource } }) => resource ?? []));
  const keys = new Set(
    layers.flatMap(({ layer, grants }) =>
      grants.flatMap(({ policy }) =>
        named.has(policy) || (layer === "ASSUME_ROLE_POLICY" && isBlocked) ? [policy] : [],
      ),
    ),
  );
  return [...keys].flatMap((key) => [...trustLever(snapshot, key), ...bucketLever(snapshot, key)]);
}

function trustLever({ roles }: Snapshot, key: Key): readonly Lever[] {
  const role = roles.get(key);
  if (role === undefined || role.accountId === CATALOG_ACCOUNT || role.serviceName !== undefined) return [];
  const { accountId, name } = role;
  const arns = [principalArn("role", accountId, name)];
  const text = `rewrite whom role ${name} trusts`;
  return [{ kind: "REWRITE_TRUST_POLICY", accountId, action: "ram:UpdateRole", arns, subject: key, text }];
}

function bucketLever({ bucketPolicies }: Snapshot, key: Key): readonly Lever[] {
  const name = key.startsWith("bucket:") ? key.slice("bucket:".length) : undefined;
  const policy = name === undefined ? undefined : bucketPolicies.get(name);
  if (policy === undefined) return [];
  const { accountId } = policy;
  const arns = [`acs:oss:*:${accountId}:${name}`];
  const text = `rewrite the policy of bucket ${name}`;
  return [{ kind: "REWRITE_BUCKET_POLICY", accountId, action: "oss:PutBucketPolicy", arns, subject: "", text }];
}

/** The one control policy whose text the cloud keeps. */
const THE_CLOUDS_OWN = "FullAliyunAccess";

/** Control policies are the management account's; the form of their ARNs is not documented. */
function controlLevers({ snapshot, judged, ruling }: Decision, settling: readonly Grant[]): readonly Lever[] {
  const isBlocked = ruling.blockedBy.includes("CONTROL_POLICY");
  const owners = judged.actions.flatMap(({ points }) =>
    points.map(({ request: { resource, caller } }) => ownerOf(resource) ?? caller.accountId ?? ""),
  );
  const levels = isBlocked
    ? [...new Set(owners)].flatMap((owner) => snapshot.controlLevels.get(owner)?.levels ?? [])
    : [];
  const keys = [...settling, ...levels.flatMap(({ grants }) => grants)]
    .filter(({ layer }) => layer === "CONTROL_POLICY")
    .map(({ policy }) => policy);
  return [...new Set(keys)].flatMap((key): readonly Lever[] => {
    const policy = snapshot.policies.get(key)?.policy;
    if (policy?.accountId === undefined) return [];
    const common = { accountId: policy.accountId, arns: [], subject: key };
    const rewrite: Lever = {
      ...common,
      kind: "REWRITE_CONTROL_POLICY",
      action: "resourcemanager:UpdateControlPolicy",
      text: `rewrite control policy ${policy.name}`,
    };
    const detach: Lever = {
      ...common,
      kind: "DETACH_CONTROL_POLICY",
      action: "resourcemanager:DetachControlPolicy",
      text: `detach control policy ${policy.name}`,
    };
    return policy.name === THE_CLOUDS_OWN ? [detach] : [rewrite, detach];
  });
}
