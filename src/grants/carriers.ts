import type { Facts } from "../inventory/attachment-columns.js";
import type { Key } from "../inventory/keys.js";
import { type CompiledPrincipal, compareArns, compileRole, compileUser, seat } from "./compiled-principal.js";
import { sortInSteps } from "./sort-in-steps.js";

/** Whoever can carry policies, by number: users and roles in the order of their ARNs, then groups, then anything else. */
export interface Carriers {
  readonly principals: readonly CompiledPrincipal[];
  /** Of all, by number. */
  readonly keys: readonly Key[];
  readonly numberOf: ReadonlyMap<Key, number>;
  /** Number of what stands at a place of the inventory: its groups, roles and users one behind the other, then strays. */
  readonly numberAt: Uint32Array;
  /** Place of a principal among the inventory's roles and users, one behind the other, by its number. */
  readonly origin: Uint32Array;
}

/** How many are numbered before others get their turn. */
const STEP = 2_000;

export function* numberCarriers(facts: Facts): Generator<undefined, Carriers, undefined> {
  const { groups, attachments } = facts;
  const { carrierKeys } = attachments;
  const listed = yield* compilePeople(facts);
  const origin = yield* sortInSteps(listed.length, (a, b) => compareArns(at(listed, a), at(listed, b)));
  const numberOf = new Map<Key, number>();
  const [keys, principals]: [Key[], CompiledPrincipal[]] = [[], []];
  const numberAt = new Uint32Array(carrierKeys.length);
  const number = (place: number) => {
    const key = at(carrierKeys, place);
    numberAt[place] = keys.length;
    numberOf.set(key, keys.length);
    keys.push(key);
  };
  for (const place of origin) {
    const principal = at(listed, place);
    seat(principal, principals.length);
    principals.push(principal);
    number(groups.length + place);
    if (keys.length % STEP === 0) yield undefined;
  }
  for (const place of groups.keys()) number(place);
  for (let place = groups.length + listed.length; place < carrierKeys.length; place++) number(place);
  return { principals, keys, numberOf, numberAt, origin };
}

/** Roles, then users. */
function* compilePeople({
  groups,
  roles,
  users,
  attachments: { carrierKeys },
}: Facts): Generator<undefined, readonly CompiledPrincipal[], undefined> {
  const listed: CompiledPrincipal[] = [];
  for (const role of roles) {
    listed.push(compileRole(role, carrierKeys[groups.length + listed.length]));
    if (listed.length % STEP === 0) yield undefined;
  }
  for (const user of users) {
    listed.push(compileUser(user, carrierKeys[groups.length + listed.length]));
    if (listed.length % STEP === 0) yield undefined;
  }
  return listed;
}

function at<T>(rows: readonly T[], place: number): T {
  const row = rows[place];
  if (row === undefined) throw new Error(`there is no row ${place}`);
  return row;
}
