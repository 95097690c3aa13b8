import type { Key } from "../inventory/keys.js";
import type { PolicyPlaces } from "./policy-places.js";

/** Where `fillReaches` writes: pairs of a policy's and a scope's number, which stay until it is filled anew. */
export interface ReachBuffer {
  policies: Uint32Array;
  scopes: Uint32Array;
}

/**
 * Whom policies reach, group members included, and what reaches whom, as numbers. A place is one in the snapshot's list of
 * principals. A policy keeps its number for as long as snapshots are made from each other; one that is gone reaches
 * nobody. Scope 0 is the account.
 */
export interface Reach {
  /** All numbers of policies are below. */
  readonly policyCount: number;
  readonly policyNumber: (policy: Key) => number | undefined;
  readonly policyKey: (policy: number) => Key;
  /** Id of a resource group; empty for the account. */
  readonly scopeName: (scope: number) => string;
  readonly places: (policy: number) => PolicyPlaces;
  /** Whom a policy reaches at any scope, in ascending order, each once. */
  readonly reached: (policy: number) => Uint32Array;
  /** Writes what reaches the principal at a place, own policies and then those of groups; may name one twice. Gives how many. */
  readonly fillReaches: (place: number, into: ReachBuffer) => number;
}

/** A buffer to begin with; it grows where it must. */
export function reachBuffer(): ReachBuffer {
  return { policies: new Uint32Array(64), scopes: new Uint32Array(64) };
}

/** Makes room for that many pairs, keeping what is there. */
export function growBuffer(buffer: ReachBuffer, count: number): void {
  if (buffer.policies.length >= count) return;
  const [policies, scopes] = [new Uint32Array(count * 2), new Uint32Array(count * 2)];
  policies.set(buffer.policies);
  scopes.set(buffer.scopes);
  buffer.policies = policies;
  buffer.scopes = scopes;
}
