import { isServiceLinked } from "../inventory/is-service-linked.js";
import { addBit, allBits, type Bits, noBits } from "./bits.js";
import type { CompiledPrincipal } from "./compiled-principal.js";

/** Places of principals of one account that stand in a row. */
export interface AccountRange {
  readonly accountId: string;
  readonly start: number;
  /** The first place after it. */
  readonly end: number;
}

/** What tells principals apart before any policy is looked at. */
export interface PrincipalRanges {
  readonly accounts: readonly AccountRange[];
  readonly users: Bits;
  readonly roles: Bits;
  readonly serviceLinked: Bits;
  readonly everyone: Bits;
  readonly nobody: Bits;
  /** Places in byte order of names, ties in that of ARNs; worked out when it is first asked for. */
  readonly byName: () => Uint32Array;
  /** The same from last to first, ties as before. */
  readonly byNameBackwards: () => Uint32Array;
}

/** Lists of principals never change, so each is gone through once. */
const KNOWN = new WeakMap<readonly CompiledPrincipal[], PrincipalRanges>();

export function principalRanges(principals: readonly CompiledPrincipal[]): PrincipalRanges {
  const known = KNOWN.get(principals);
  if (known !== undefined) return known;
  const ranges = arrange(principals);
  KNOWN.set(principals, ranges);
  return ranges;
}

function arrange(principals: readonly CompiledPrincipal[]): PrincipalRanges {
  const accounts: AccountRange[] = [];
  const [users, roles, serviceLinked] = [
    noBits(principals.length),
    noBits(principals.length),
    noBits(principals.length),
  ];
  let start = 0;
  for (const [place, principal] of principals.entries()) {
    addBit(principal.kind === "USER" ? users : roles, place);
    if (isServiceLinked(principal)) addBit(serviceLinked, place);
    if (principals[place + 1]?.accountId === principal.accountId) continue;
    accounts.push({ accountId: principal.accountId, start, end: place + 1 });
    start = place + 1;
  }
  return {
    accounts,
    users,
    roles,
    serviceLinked,
    everyone: allBits(principals.length),
    nobody: noBits(principals.length),
    byName: once(() => sortByName(principals, 1)),
    byNameBackwards: once(() => sortByName(principals, -1)),
  };
}

function sortByName(principals: readonly CompiledPrincipal[], sign: number): Uint32Array {
  const named = principals.map(({ name }, place) => ({ name, place }));
  named.sort((a, b) => (a.name < b.name ? -sign : a.name > b.name ? sign : a.place - b.place));
  return Uint32Array.from(named, ({ place }) => place);
}

function once<T>(workOut: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= workOut();
    return known;
  };
}
