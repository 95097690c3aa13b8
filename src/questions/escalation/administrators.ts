import { addAll, addBit, type Bits, hasBit, noBits } from "../../grants/bits.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { workTogetherFor } from "../../grants/work-together.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import { administratorVerdict, mayAllowAnything } from "./administrator.js";
import { footholdOf } from "./foothold.js";
import { isPlainlyDenied } from "./plainly-denied.js";
import { takesPart } from "./targets.js";

/** By the place of whoever is an administrator as the inventory has them: how certainly. */
export type Administrators = ReadonlyMap<number, Verdict>;

/** Finds all of them. Yields before each who is decided. */
export function administratorsIn(snapshot: Snapshot, context: Context): Steps<Administrators> {
  return context === OPEN_CONTEXT ? administratorsWhateverElse(snapshot) : findAdministrators(snapshot, context);
}

const administratorsWhateverElse = workTogetherFor((snapshot: Snapshot) => findAdministrators(snapshot, OPEN_CONTEXT));

/** How many principals and policies are looked at before others get their turn. */
const [STEP, FEW] = [1_000, 50];

function* findAdministrators(snapshot: Snapshot, context: Context): Steps<Administrators> {
  const mayBe = yield* mayBeAdministrators(snapshot);
  const denied = yield* plainlyDenied(snapshot);
  const found = new Map<number, Verdict>();
  for (const [place, principal] of snapshot.principals.entries()) {
    if (place % STEP === 0) yield undefined;
    if (!hasBit(mayBe, place) || hasBit(denied, place) || !takesPart(principal)) continue;
    yield undefined;
    const verdict = yield* administratorVerdict(snapshot, footholdOf(snapshot, principal), context);
    if (verdict !== undefined) found.set(place, verdict);
  }
  return found;
}

/** Whom a statement reaches that may allow an action that nobody names. */
function* mayBeAdministrators(snapshot: Snapshot): Steps<Bits> {
  const found = noBits(snapshot.principals.length);
  let seen = 0;
  for (const [number, { grants }] of yield* numbered(snapshot)) {
    if (seen++ % FEW === 0) yield undefined;
    if (grants.some(({ statement }) => mayAllowAnything(statement))) addAll(found, snapshot.reach.reached(number));
  }
  return found;
}

/** Those from whom some action on some resource of their account is taken away whatever the circumstances, once for each snapshot. */
export const plainlyDenied = workTogetherFor(findPlainlyDenied);

function* findPlainlyDenied(snapshot: Snapshot): Steps<Bits> {
  const { principals, reach } = snapshot;
  const found = noBits(principals.length);
  let seen = 0;
  for (const [number, { grants }] of yield* numbered(snapshot)) {
    if (seen++ % FEW === 0) yield undefined;
    if (grants.every(({ statement }) => statement.effect !== "DENY")) continue;
    const isDenied = new Map<string, boolean>();
    for (const place of reach.places(number).wide) {
      const accountId = principals[place]?.accountId ?? "";
      const own = isDenied.get(accountId) ?? isPlainlyDenied(grants, accountId);
      isDenied.set(accountId, own);
      if (own) addBit(found, place);
    }
  }
  return found;
}

/** Policies by their numbers. */
function* numbered({ policies, reach }: Snapshot): Steps<readonly (readonly [number, CompiledPolicy])[]> {
  const found: (readonly [number, CompiledPolicy])[] = [];
  let seen = 0;
  for (const policy of policies.values()) {
    if (seen++ % STEP === 0) yield undefined;
    const number = reach.policyNumber(policy.key);
    if (number !== undefined) found.push([number, policy]);
  }
  return found;
}
