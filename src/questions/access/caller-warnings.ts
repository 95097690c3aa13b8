import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT, roleKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { namesCaller, readPrincipalName } from "../../policy/caller.js";
import { decide, type Verdict } from "../../policy/decide.js";
import type { Finding } from "../../policy/finding.js";
import { solve } from "../../policy/logic/solve.js";
import { matchStatement, mayNameCaller } from "../../policy/match-statement.js";
import { grantsIn } from "./grants-in.js";
import type { JudgedPoint } from "./judge-access.js";
import { isForeign, roleNameIn } from "./known-context.js";
import { VERDICT_RANK } from "./verdict-rank.js";

/** What a reader must know of who asks, and of what the platform adds to the policies. */
export function callerWarnings(
  snapshot: Snapshot,
  points: readonly JudgedPoint[],
  verdict: Verdict,
): readonly Finding[] {
  const isOpen = verdict === "UNDETERMINED" || verdict === "CONDITIONAL";
  const naming = isOpen ? points.flatMap(namingWarnings) : [];
  const beyond =
    VERDICT_RANK[verdict] < VERDICT_RANK.UNDETERMINED
      ? []
      : points.flatMap((point) => [
          ...fixedRoleWarnings(snapshot, point),
          ...ownControlWarnings(snapshot, point),
          ...ownSideWarnings(point),
        ]);
  return [...new Map([...naming, ...beyond].map((warning) => [warning.message, warning])).values()];
}

/** A statement may apply, and whether it names the caller cannot be told. */
function namingWarnings({ request, layers }: JudgedPoint): readonly Finding[] {
  return grantsIn(layers).flatMap((grant) => {
    const { principals } = grant.statement;
    if (principals === undefined || principals === "UNREADABLE") return [];
    if (mayNameCaller(grant.statement, request) !== undefined) return [];
    if (matchStatement(grant, request).applies.kind === "CONSTANT") return [];
    return principals
      .filter((pattern) => namesCaller(pattern, request.caller) === undefined)
      .map(({ text }) => namingWarning(text));
  });
}

function namingWarning(text: string): Finding {
  return readPrincipalName(text)?.kind === "BARE_ID"
    ? {
        code: "PRINCIPAL_ID_UNKNOWN",
        severity: "WARNING",
        message: `a policy names the id \`${text}\`, and whose it is is not known`,
      }
    : {
        code: "PRINCIPAL_UNREADABLE",
        severity: "WARNING",
        message: `a policy names \`${text}\`, and whom that means is not documented`,
      };
}

/** The platform keeps what a service-linked role holds to itself. Source: RAM, "Service-linked roles". */
const ACTIONS_ON_FIXED_ROLES: ReadonlySet<string> = new Set([
  "ram:attachpolicytorole",
  "ram:detachpolicyfromrole",
  "ram:updaterole",
]);

function fixedRoleWarnings(
  { roles }: Snapshot,
  { request: { foldedAction, resource } }: JudgedPoint,
): readonly Finding[] {
  const { segments } = resource;
  const name = segments?.[1] === "ram" ? roleNameIn(segments[4]) : undefined;
  if (segments === undefined || name === undefined || !ACTIONS_ON_FIXED_ROLES.has(foldedAction)) return [];
  const role = roles.get(roleKey(segments[3], name)) ?? roles.get(roleKey(CATALOG_ACCOUNT, name));
  if (role === undefined || !isServiceLinked(role)) return [];
  const owner = role.serviceName === undefined ? "a cloud service" : `\`${asciiLower(role.serviceName)}\``;
  const message = `\`${role.name}\` belongs to ${owner}, which alone changes it: the platform refuses the call whatever policies allow`;
  return [{ code: "SERVICE_LINKED_ROLE_FIXED", severity: "WARNING", message }];
}

/**
 * The documentation names the control policies of the account that owns the resource and is silent on the caller's own; these
 * may hold the caller back as well.
 */
function ownControlWarnings({ controlLevels }: Snapshot, { request, layers }: JudgedPoint): readonly Finding[] {
  const { caller, resource } = request;
  const own = controlLevels.get(caller.accountId ?? "");
  if (own === undefined || own.managementAccountId === caller.accountId || !isForeign(resource, caller)) return [];
  if (typeof layers.identity === "string") return [];
  const { allowed } = decide({ ...request, isForeign: false }, { bounds: own.levels, identity: "EXEMPT" });
  if (solve(allowed).outcome === "ALWAYS") return [];
  const message = `control policies of account \`${caller.accountId}\`, the caller's own, may hold the caller back; the documentation names only those of the resource's owner`;
  return [{ code: "CALLER_CONTROL_POLICY", severity: "WARNING", message }];
}

/** What identities of an account that was never imported may do on their own side is not known. */
function ownSideWarnings({ request: { caller }, layers }: JudgedPoint): readonly Finding[] {
  if (layers.identity !== "UNKNOWN") return [];
  const whose = caller.accountId === undefined ? "whoever is meant" : `account \`${caller.accountId}\``;
  const message = `what ${whose} allows its own identities is not known, for it was never imported`;
  return [{ code: "ACCOUNT_NOT_IMPORTED", severity: "WARNING", message }];
}
