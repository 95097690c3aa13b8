import type { CompiledPrincipal } from "./compiled-principal.js";
import type { Reach } from "./reach.js";
import type { Snapshot } from "./snapshot.js";

/** Whom policies reach by their keys, read off the numbers. */
export function viewReached(reach: Reach, principals: readonly CompiledPrincipal[]): Snapshot["reachedBy"] {
  return {
    get: (policy) => {
      const number = reach.policyNumber(policy);
      const places = number === undefined ? [] : reach.reached(number);
      return places.length === 0
        ? undefined
        : Array.from(places, (place) => principals[place]).flatMap((one) => one ?? []);
    },
  };
}
