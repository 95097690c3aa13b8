import { principalArn } from "../../grants/arn-of.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { type Key, policyKey } from "../../inventory/keys.js";
import type { Grant } from "../../policy/grant.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { AccessQuestion } from "../access/access-question.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decisionOf } from "../access/decision.js";
import { judgeInSteps } from "../access/judge-access.js";

/** Somebody that a path of steps has led to: a user or role, with what reaches it by then. Not to be spread. */
export interface Foothold {
  /** Equal for equal footholds. */
  readonly key: string;
  readonly principal: CompiledPrincipal;
  /** Looked up when they are read: of most footholds something else tells sooner whether they matter. */
  readonly grants: readonly Grant[];
  /** What steps have changed about it, in order of text. */
  readonly changes: readonly string[];
  /** Made by a step: no fact of the inventory. */
  readonly isNew: boolean;
}

const UNCHANGED: readonly string[] = [];

class LateFoothold implements Foothold {
  declare readonly key: string;
  declare readonly principal: CompiledPrincipal;
  declare readonly changes: readonly string[];
  declare readonly isNew: boolean;
  declare private readonly reaching: () => readonly Grant[];
  declare private found: readonly Grant[] | undefined;

  constructor(
    key: string,
    principal: CompiledPrincipal,
    changes: readonly string[],
    isNew: boolean,
    reaching: () => readonly Grant[],
  ) {
    this.key = key;
    this.principal = principal;
    this.changes = changes;
    this.isNew = isNew;
    this.reaching = reaching;
    this.found = undefined;
  }

  get grants(): readonly Grant[] {
    this.found ??= this.reaching();
    return this.found;
  }
}

/** A user or role as it is. */
export function footholdOf(snapshot: Snapshot, principal: CompiledPrincipal): Foothold {
  return new LateFoothold(principal.key, principal, UNCHANGED, false, () => grantsOf(snapshot, principal));
}

/** Is it a user or role as the inventory has it? */
export function isAsItIs({ changes, isNew }: Foothold): boolean {
  return changes.length === 0 && !isNew;
}

/** The same one with other statements; itself where that change was made before. */
export function withGrants(foothold: Foothold, change: string, grants: () => readonly Grant[]): Foothold {
  const { principal, changes, isNew } = foothold;
  if (changes.includes(change)) return foothold;
  const all = [...changes, change].toSorted();
  return new LateFoothold([principal.key, ...all].join(" "), principal, all, isNew, grants);
}

const MORE = "+everything";

/** The same one who may do everything besides. */
export function withEverything(foothold: Foothold): Foothold {
  return withGrants(foothold, MORE, () => [...foothold.grants, ...EVERYTHING]);
}

/** Is it a user or role as the inventory has it, but for a policy that allows everything? */
export function hasBeenGivenEverything({ changes, isNew }: Foothold): boolean {
  return changes.length === 1 && changes[0] === MORE && !isNew;
}

/** Decides a question by what the foothold has, which may differ from what the inventory says. Yields now and then. */
export function* decideAt(
  snapshot: Snapshot,
  { principal, grants }: Pick<Foothold, "principal" | "grants">,
  question: AccessQuestion,
): Steps<Decision> {
  const asker = askerOf(snapshot, principal, () => grants);
  const judged = yield* judgeInSteps(snapshot, asker, question);
  return { ...decisionOf(snapshot, asker, question, judged), grants: () => grants };
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
  return new LateFoothold(principal.key, principal, UNCHANGED, true, () => EVERYTHING);
}
