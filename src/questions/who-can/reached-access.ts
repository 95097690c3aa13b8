import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { grantsOf } from "../../grants/grants-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import type { AccessQuestion } from "../access/access-question.js";
import { askerOf } from "../access/asker.js";
import { type Decision, decisionOf } from "../access/decision.js";
import { decideLate } from "../access/late-decision.js";
import { isPlainNo } from "../assume/assume-edges.js";
import { judgeInTurn } from "../assume/judge-in-turn.js";
import { type AssumePath, reachInto } from "../assume/reach.js";
import { candidatesAmong, directAccess } from "./direct-access.js";
import type { KnownAccess } from "./principal-access.js";

/** How many are looked at before others get their turn. */
const STEP = 2_000;

/**
 * Who gets to do this by assuming roles: the session of the last role does it, so every hop and the role itself must be
 * allowed. A session is the role alone; nothing of who assumed it is added. Yields before each decision.
 *
 * @param principals who is asked about; paths may lead through others
 */
export function* reachedAccess(
  snapshot: Snapshot,
  question: AccessQuestion,
  principals: readonly CompiledPrincipal[],
): Generator<undefined, readonly KnownAccess[], undefined> {
  const targets = yield* rolesThatCan(snapshot, question);
  const asked = new Set<Key>();
  for (const { key } of principals) {
    if (asked.add(key).size % STEP === 0) yield undefined;
  }
  const rows: KnownAccess[] = [];
  const first = new Map<string, Decision>();
  for (const { principal, path, likeness } of yield* reachInto(snapshot, targets, question.context)) {
    const last = path.at(-1);
    const target = last === undefined ? undefined : targets.get(last.to);
    if (target === undefined || !asked.has(principal.key)) continue;
    yield undefined;
    const like = first.get(likeness ?? "");
    const decision = alongPath(principal, path, target, like);
    if (likeness !== undefined && like === undefined) first.set(likeness, decision);
    rows.push({ principal, path, decision });
  }
  return rows;
}

function* rolesThatCan(
  snapshot: Snapshot,
  question: AccessQuestion,
): Generator<undefined, ReadonlyMap<Key, Decision>, undefined> {
  const isRole = ({ kind, accountId }: CompiledPrincipal) => kind === "ROLE" && accountId !== CATALOG_ACCOUNT;
  const roles = yield* candidatesAmong(snapshot, question, isRole, false);
  const decided = yield* directAccess(snapshot, question, roles);
  const able = new Map<Key, Decision>();
  for (const [at, { principal, decision }] of decided.entries()) {
    if (at % STEP === 0) yield undefined;
    if (!isPlainNo(decision)) able.set(principal.key, decision);
  }
  return able;
}

/**
 * The decision on the last role, held back by every hop to it.
 * @param like the decision about somebody whose path comes out alike
 */
function alongPath(
  principal: CompiledPrincipal,
  path: AssumePath,
  target: Decision,
  like: Decision | undefined,
): Decision {
  const { snapshot, question } = target;
  const asker = askerOf(snapshot, principal, () => grantsOf(snapshot, principal));
  const via = path.map(({ to }) => snapshot.roles.get(to)?.name ?? to);
  return decideLate({ snapshot, question, asker, via, like }, () => {
    const judgement = judgeInTurn([...path.map((hop) => hop.decision), target]);
    const decision = decisionOf(snapshot, asker, question, { judgement, actions: target.judged.actions });
    return { ...decision, grants: () => target.grants(), via };
  });
}
