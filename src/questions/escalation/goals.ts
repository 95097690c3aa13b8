import { type CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import type { Key } from "../../inventory/keys.js";
import type { Context } from "../../policy/conditions/context.js";
import type { Verdict } from "../../policy/decide.js";
import type { Decision } from "../access/decision.js";
import type { TrustingRoles } from "../assume/trusting-roles.js";
import { administratorDecision, administratorVerdict } from "./administrator.js";
import { type Administrators, administratorsIn, plainlyDenied } from "./administrators.js";
import { type Foothold, hasBeenGivenEverything, isAsItIs } from "./foothold.js";
import { GivenEverything } from "./given-everything.js";
import { type PeopleKind, type Places, peopleFor, takesPart } from "./targets.js";

/** What a path has to lead to: one user or role; absent, an administrator of any account. */
export type Goal = Key | undefined;

/** A user or role that a step may end at, and how certainly it is what the question is after. */
export interface Goalpost {
  readonly principal: CompiledPrincipal;
  readonly tier: Verdict;
}

/** Such users and roles in the order of ARNs. */
export interface Goalposts {
  readonly posts: readonly Goalpost[];
  /** Of each the number of its kind: equal for those of one account who, if they are roles, trust alike. */
  readonly kinds: Uint32Array;
  /** One of each kind. */
  readonly ofKinds: readonly CompiledPrincipal[];
}

/** What a step makes of the user or role that it is aimed at. */
export type Becoming = "BECOME" | "BECOME_WITH_EVERYTHING";

/** Who is what a question is after. */
export interface Goals {
  /** How certainly a foothold is; undefined for a plain no. Yields now and then. */
  readonly tierOf: (foothold: Foothold) => Steps<Verdict | undefined>;
  /** The decision that says so; absent where a certain principal is the goal. */
  readonly decisionOn: (foothold: Foothold) => Steps<Decision | undefined>;
  /** All of a kind of target, seen from a foothold, that are when they have become so. */
  readonly among: (kind: PeopleKind, becoming: Becoming, from: Foothold) => Steps<Goalposts>;
}

/** Where goals are looked for. */
interface Field {
  readonly places: Places;
  readonly roles: TrustingRoles;
}

export function* goalsOf(field: Field, context: Context, goal: Goal): Steps<Goals> {
  return goal === undefined ? yield* administrators(field, context) : onePrincipal(field, goal);
}

function onePrincipal({ places, roles }: Field, goal: Key): Goals {
  return {
    tierOf: ({ principal }) => atOnce(principal.key === goal ? "ALLOWED" : undefined),
    decisionOn: () => atOnce(undefined),
    *among(kind, _, { principal: { accountId } }) {
      const principal = places.snapshot.principalByKey.get(goal);
      const isThere = principal !== undefined && isOneOf(principal, kind, accountId);
      return yield* sorted(isThere ? [{ principal, tier: "ALLOWED" }] : [], roles);
    },
  };
}

/** What nothing has to be worked out for. */
function* atOnce<T>(value: T): Steps<T> {
  yield* [];
  return value;
}

/** Most verdicts on footholds that steps have changed, and decisions, that are kept. */
const MOST_KEPT = 20_000;

function* administrators({ places, roles }: Field, context: Context): Steps<Goals> {
  const { snapshot } = places;
  const asTheyAre = yield* administratorsIn(snapshot, context);
  const given = new GivenEverything(snapshot, context, yield* plainlyDenied(snapshot));
  const changed = new Map<string, Verdict | "NO">();
  const tierOfChanged = function* (foothold: Foothold): Steps<Verdict | undefined> {
    const tier = changed.get(foothold.key) ?? (yield* administratorVerdict(snapshot, foothold, context)) ?? "NO";
    if (changed.size >= MOST_KEPT) changed.clear();
    changed.set(foothold.key, tier);
    return tier === "NO" ? undefined : tier;
  };
  const lists = new Map<string, Goalposts>();
  return {
    *tierOf(foothold) {
      const place = placeOf(snapshot, foothold.principal);
      if (place !== undefined && isAsItIs(foothold)) return asTheyAre.get(place);
      if (place !== undefined && hasBeenGivenEverything(foothold)) return yield* given.verdictAt(place);
      return yield* tierOfChanged(foothold);
    },
    decisionOn: (foothold) => administratorDecision(snapshot, foothold, context),
    *among(kind, becoming, from) {
      const name = [kind, becoming, from.principal.accountId].join(" ");
      const known = lists.get(name);
      if (known !== undefined) return known;
      const found =
        becoming === "BECOME"
          ? asTheyAreAmong(snapshot, asTheyAre, kind, from)
          : yield* givenAmong(places, given, kind, from);
      const posts = yield* sorted(found, roles);
      lists.set(name, posts);
      return posts;
    },
  };
}

function* sorted(posts: readonly Goalpost[], { trustOf }: TrustingRoles): Steps<Goalposts> {
  const numbers = new Map<string, number>();
  const kinds = new Uint32Array(posts.length);
  const ofKinds: CompiledPrincipal[] = [];
  for (const [at, { principal }] of posts.entries()) {
    if (at % STEP === 0) yield undefined;
    const name = `${principal.accountId} ${trustOf(principal.key)?.kind}`;
    const number = numbers.get(name) ?? numbers.size;
    if (number === ofKinds.length) ofKinds.push(principal);
    numbers.set(name, number);
    kinds[at] = number;
  }
  return { posts, kinds, ofKinds };
}

function asTheyAreAmong(
  { principals }: Snapshot,
  administrators: Administrators,
  kind: PeopleKind,
  { principal: { accountId } }: Foothold,
): readonly Goalpost[] {
  return [...administrators].flatMap(([place, tier]) => {
    const principal = principals[place];
    return principal !== undefined && isOneOf(principal, kind, accountId) ? [{ principal, tier }] : [];
  });
}

/** How many are decided, and looked at, before others get their turn. */
const [FEW, STEP] = [8, 1_000];

function* givenAmong(
  places: Places,
  given: GivenEverything,
  kind: PeopleKind,
  from: Foothold,
): Steps<readonly Goalpost[]> {
  const found: Goalpost[] = [];
  for (const [at, principal] of (yield* peopleFor(places, kind, from)).entries()) {
    if (at % FEW === 0) yield undefined;
    const place = placeOf(places.snapshot, principal);
    const tier = place === undefined ? undefined : yield* given.verdictAt(place);
    if (tier !== undefined) found.push({ principal, tier });
  }
  return found;
}

function isOneOf(principal: CompiledPrincipal, kind: PeopleKind, accountId: string): boolean {
  if (!takesPart(principal)) return false;
  if (kind === "ANY_ROLE") return principal.kind === "ROLE";
  return principal.accountId === accountId && principal.kind === (kind === "OTHER_USER" ? "USER" : "ROLE");
}
