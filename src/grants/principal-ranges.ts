import { isServiceLinked } from "../inventory/is-service-linked.js";
import { addBit, allBits, type Bits, noBits } from "./bits.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import { sortBackwards, sortInSteps } from "./sort-in-steps.js";
import { finish } from "./steps.js";
import { workTogether, workTogetherFor } from "./work-together.js";

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
  /** Places in byte order of names, ties in that of ARNs; worked out when it is first asked for, yielding now and then. */
  readonly byName: () => Generator<undefined, Uint32Array, undefined>;
  /** The same from last to first, ties as before. */
  readonly byNameBackwards: () => Generator<undefined, Uint32Array, undefined>;
}

/** At once; where nobody asked before, those who can let others in meanwhile ask for `rangesInSteps` first. */
export function principalRanges(principals: readonly CompiledPrincipal[]): PrincipalRanges {
  return finish(rangesInSteps(principals));
}

/** The same; yields while they are worked out. Lists of principals never change, so each is gone through once. */
export const rangesInSteps = workTogetherFor(arrange);

/** How many principals are looked at before others get their turn. */
const STEP = 5_000;

function* arrange(principals: readonly CompiledPrincipal[]): Generator<undefined, PrincipalRanges, undefined> {
  const accounts: AccountRange[] = [];
  const [users, roles, serviceLinked] = [
    noBits(principals.length),
    noBits(principals.length),
    noBits(principals.length),
  ];
  let start = 0;
  for (const [place, principal] of principals.entries()) {
    if (place % STEP === STEP - 1) yield undefined;
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
    byName: workTogether(() => sortInSteps(principals.length, namesOf(principals))),
    byNameBackwards: workTogether(() => sortBackwards(principals.length, namesOf(principals))),
  };
}

function namesOf(principals: readonly CompiledPrincipal[]): (one: number, other: number) => number {
  return (one, other) => {
    const [a, b] = [principals[one]?.name ?? "", principals[other]?.name ?? ""];
    return a < b ? -1 : a > b ? 1 : 0;
  };
}
