import type { Key } from "../inventory/keys.js";
import type { CompiledPrincipal } from "./compiled-principal.js";
import type { Snapshot } from "./snapshot.js";

/** Whom policies reach, as places in the snapshot's list of principals, which is in byte order of ARNs. */
export interface Postings {
  /** Principals that the policy reaches at any scope. */
  readonly reached: (policy: Key) => Uint32Array;
  /** Those that it reaches within a resource group, perhaps beside the account scope; may name one twice. */
  readonly scoped: (policy: Key) => readonly number[];
}

interface Numbering {
  readonly numberOf: ReadonlyMap<Key, number>;
  readonly lists: WeakMap<readonly CompiledPrincipal[], Uint32Array>;
}

/** Snapshots share their lists where nothing changed, and so what was numbered of them. */
const NUMBERED = new WeakMap<readonly CompiledPrincipal[], Numbering>();
const NONE = new Uint32Array();

/** Numbers are worked out for a policy when it is first asked for: four bytes for each principal that it reaches. */
export function postingsOf(snapshot: Snapshot): Postings {
  const { principals, reachedBy, attachmentsOfPolicy, usersOfGroup } = snapshot;
  const { numberOf, lists } = NUMBERED.get(principals) ?? number(principals);
  return {
    reached: (policy) => {
      const list = reachedBy.get(policy);
      if (list === undefined) return NONE;
      const numbers = lists.get(list) ?? Uint32Array.from(list, ({ key }) => placeOf(numberOf, key));
      lists.set(list, numbers);
      return numbers;
    },
    scoped: (policy) => {
      const numbers: number[] = [];
      for (const { principal, resourceGroupId } of attachmentsOfPolicy.get(policy) ?? []) {
        if (resourceGroupId === undefined) continue;
        for (const key of usersOfGroup.get(principal) ?? [principal]) {
          const place = numberOf.get(key);
          if (place !== undefined) numbers.push(place);
        }
      }
      return numbers;
    },
  };
}

function number(principals: readonly CompiledPrincipal[]): Numbering {
  const numbering: Numbering = {
    numberOf: new Map(principals.map(({ key }, place) => [key, place])),
    lists: new WeakMap(),
  };
  NUMBERED.set(principals, numbering);
  return numbering;
}

function placeOf(numberOf: ReadonlyMap<Key, number>, key: Key): number {
  const place = numberOf.get(key);
  if (place === undefined) throw new Error(`a policy reaches \`${key}\`, who is no principal`);
  return place;
}
