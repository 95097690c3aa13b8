import { principalArn } from "../../grants/arn-of.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { type Key, policyKey } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { AccessQuestion } from "../access/access-question.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decideFor } from "../access/decision.js";

/** Somebody that a path of steps has led to: a user or role, with what reaches it by then. */
export interface Foothold {
  /** Equal for equal footholds. */
  readonly key: string;
  readonly principal: CompiledPrincipal;
  readonly grants: readonly Grant[];
  /** What steps have changed about it, in order of text. */
  readonly changes: readonly string[];
  /** Made by a step: no fact of the inventory. */
  readonly isNew: boolean;
}

/** A user or role as it is. */
export function footholdOf(snapshot: Snapshot, principal: CompiledPrincipal): Foothold {
  return { key: principal.key, principal, grants: grantsOf(snapshot, principal), changes: [], isNew: false };
}

/** The same one with other statements; itself where that change was made before. */
export function withGrants(foothold: Foothold, grants: readonly Grant[], change: string): Foothold {
  if (foothold.changes.includes(change)) return foothold;
  const changes = [...foothold.changes, change].toSorted();
  return { ...foothold, key: [foothold.principal.key, ...changes].join(" "), grants, changes };
}

/** Decides a question by what the foothold has, which may differ from what the inventory says. */
export function decideAt(snapshot: Snapshot, { principal, grants }: Foothold, question: AccessQuestion): Decision {
  const decision = decideFor(
    snapshot,
    askerOf(snapshot, principal, () => grants),
    question,
  );
  return { ...decision, grants: () => grants };
}

/** The system policy that allows everything. */
const ADMINISTRATOR_ACCESS: Key = policyKey("SYSTEM", undefined, "AdministratorAccess");

/** Its statements, whether the policy was imported or not. */
export const EVERYTHING: readonly Grant[] = parsePolicy(
  JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  "IDENTITY",
).value.statements.map((statement) => ({
  statement,
  layer: "ACCOUNT_LEVEL_IDENTITY_POLICY",
  policy: ADMINISTRATOR_ACCESS,
}));

/** Somebody made by a step who may do everything. It stands for a new role or a new user alike. */
export function newcomer(accountId: string): Foothold {
  const name = "a newly made administrator";
  const principal: CompiledPrincipal = {
    key: `role:${accountId}: new`,
    kind: "ROLE",
    accountId,
    name,
    arn: principalArn("role", accountId, name),
  };
  return { key: principal.key, principal, grants: EVERYTHING, changes: [], isNew: true };
}
