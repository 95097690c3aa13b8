import { addBit, type Bits, hasBit, isEmpty, membersOf, noBits, removeBit, removeSet } from "../../grants/bits.js";
import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import { placeOf } from "../../grants/place-of.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Steps } from "../../grants/steps.js";
import { applyChange } from "../../grants/what-if/apply-change.js";
import { roleKey } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { asciiLower } from "../../policy/ascii.js";
import type { ActionChoice } from "../access/access-question.js";
import { AssumerSets } from "../assume/assumer-sets.js";
import { assumersOf } from "../assume/assumers.js";
import { startHops } from "../assume/hops.js";
import { reachFrom } from "../assume/reach.js";
import { differsInCommon } from "../compare/common-actions.js";
import { commonDifferences } from "../compare/differing-facts.js";
import type { PrincipalAccess } from "../who-can/principal-access.js";
import { findUnable, type Ways } from "./find-unable.js";
import { type Offer, offersOf, questionAbout } from "./offer.js";

/** How many are looked for before others get their turn. */
const STEP = 200;

/** The same facts without the role. */
export function withoutRole(snapshot: Snapshot, role: Role): Snapshot {
  const key = roleKey(role.accountId, role.name);
  const made = applyChange(snapshot, { kind: "deleteRole", role: { text: role.name, key } });
  if ("refusal" in made) throw new Error(made.refusal.message);
  return made.value;
}

/**
 * Who reaches something only through the role: users and roles that get to assume it, and then may do something on resources of
 * some pattern that, without it, neither they nor any other role that they get to may do on any of them. In the order of
 * ARNs, each with the decision on getting to the role. Yields before each decision.
 */
export function* strandedBy(snapshot: Snapshot, role: Role): Steps<readonly PrincipalAccess[]> {
  const principal = snapshot.principalByKey.get(roleKey(role.accountId, role.name));
  const assumers = principal === undefined ? [] : yield* assumersOf(snapshot, role, true);
  const after = withoutRole(snapshot, role);
  const known = yield* placesIn(after, assumers);
  const left = noBits(after.principals.length);
  for (const place of known.values()) addBit(left, place);
  if (principal === undefined || isEmpty(left)) return [];
  yield* removeStranded(left, snapshot, after, principal);
  return [...known].filter(([, place]) => !hasBit(left, place)).map(([access]) => access);
}

/** Where imported users and roles stand. */
function* placesIn(after: Snapshot, assumers: readonly PrincipalAccess[]): Steps<ReadonlyMap<PrincipalAccess, number>> {
  const places = new Map<PrincipalAccess, number>();
  for (const [at, access] of assumers.entries()) {
    if (at % STEP === 0) yield undefined;
    const place = access.principal && placeOf(after, access.principal);
    if (place !== undefined) places.set(access, place);
  }
  return places;
}

/**
 * Takes everybody out of a set who is stranded. What a role may do beside the one that goes is lost only on those who get
 * to it no more, but for the few actions whose answers hang on what roles there are.
 */
function* removeStranded(left: Bits, snapshot: Snapshot, after: Snapshot, principal: CompiledPrincipal): Steps<void> {
  const hops = yield* startHops(after);
  const ways = { hops, assumers: new AssumerSets(hops) };
  yield* keepAble(left, left, yield* offersOf(snapshot, principal), ways);
  const unsteady = yield* unsteadyActions(snapshot, after);
  const cutOff = cutter(left, ways);
  for (const place of membersOf([(yield* reachFrom(snapshot, principal)).members])) {
    yield undefined;
    const other = snapshot.principals[place];
    if (other === undefined || isEmpty(left)) continue;
    const cut = yield* cutOff(other);
    if (cut !== undefined) yield* keepAble(left, cut, yield* offersOf(snapshot, other), ways);
    if (unsteady.parts.length > 0) yield* keepAble(left, left, yield* offersOf(snapshot, other, unsteady), ways);
  }
}

/** Keeps of some those who may do everything that is offered; the others are taken out of a set that holds them as well. */
function* keepAble(left: Bits, some: Bits, offers: readonly Offer[], ways: Ways): Steps<void> {
  const settled = new Set<string>();
  for (const offer of offers) {
    if (isEmpty(some)) return;
    const unable = yield* findUnable(ways, questionAbout(offer), some, settled);
    removeSet(some, unable);
    removeSet(left, unable);
  }
}

/**
 * Gives who of some are not a role and get to it no more; undefined for nobody. Most roles are all one to those who get to them.
 *
 * @param some becomes less between one role and the next
 */
function cutter(some: Bits, { hops, assumers }: Ways): (role: CompiledPrincipal) => Steps<Bits | undefined> {
  const everybody = new Set<Bits>();
  return function* (role) {
    const to = hops.roles.get(role.key);
    const letIn = to && (yield* assumers.of(to));
    if (letIn !== undefined && everybody.has(letIn)) return undefined;
    const cut = some.slice();
    if (letIn !== undefined) removeSet(cut, letIn);
    if (letIn !== undefined && isEmpty(cut)) everybody.add(letIn);
    const place = placeOf(hops.snapshot, role);
    if (place !== undefined) removeBit(cut, place);
    return isEmpty(cut) ? undefined : cut;
  };
}

/** Actions of the catalog that others may do because the role is there. */
function* unsteadyActions(snapshot: Snapshot, after: Snapshot): Steps<ActionChoice> {
  const common = yield* commonDifferences(snapshot, after, { policies: new Set(), hasOtherResources: false });
  const isUnsteady = differsInCommon(common);
  const parts = [...snapshot.catalog.actions.values()].filter(({ name }) => isUnsteady(asciiLower(name)));
  return { mode: "ANY", parts, text: "" };
}
