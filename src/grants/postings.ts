import type { Key } from "../inventory/keys.js";
import type { Snapshot } from "./snapshot.js";

/** Whom policies reach, as places in the snapshot's list of principals, which is in byte order of ARNs. */
export interface Postings {
  /** Principals that the policy reaches at any scope, in ascending order. */
  readonly reached: (policy: Key) => Uint32Array;
  /** Those that it reaches within a resource group, perhaps beside the account scope; may name one twice. */
  readonly scoped: (policy: Key) => Uint32Array;
}

const NONE = new Uint32Array();

/** By keys of policies; `snapshot.reach` says the same by their numbers. */
export function postingsOf({ reach }: Snapshot): Postings {
  return {
    reached: (policy) => {
      const number = reach.policyNumber(policy);
      return number === undefined ? NONE : reach.reached(number);
    },
    scoped: (policy) => {
      const number = reach.policyNumber(policy);
      return number === undefined ? NONE : reach.places(number).scoped.places;
    },
  };
}
