import { type Effects, effectsWhenOpen, settledEffect } from "../policy/prepared/effects.js";
import { mayCover, type PreparedStatement } from "../policy/prepared/prepared-statement.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import { unitOf } from "./policy-units.js";
import type { Reach } from "./reach.js";
import { keysOfStatement } from "./resource-keys.js";

/** A statement that an action index names. */
export interface StatementEntry {
  readonly policy: CompiledPolicy;
  /** Its place in the policy. */
  readonly place: number;
  /** It is found by names of its actions only, so it covers every action that it is found by. */
  readonly isNamed: boolean;
  /** Kept once it was worked out: an index is shared only by snapshots in which policies keep their numbers. */
  candidate: Candidate | undefined;
}

/** What a plan has to know of a statement, so that of most nothing else is fetched from memory. */
export interface Candidate {
  readonly statement: PreparedStatement;
  /** Number of its policy; -1 for one that the snapshot does not know. */
  readonly policy: number;
  /** The one bit that it has for every request that it covers, whatever the resource; 0 where that hangs on more. */
  readonly settled: number;
  /** What it makes of a request that it covers when all that it tests is open; undefined where it tests nothing. */
  readonly whenOpen: Effects | undefined;
  /** Where the bit of an action's name is not set, the statement covers it; -1 where that takes a look. */
  readonly exceptions: number;
  /** See `keysOfStatement`. */
  readonly keys: readonly number[];
}

export function candidateOf(entry: StatementEntry, reach: Reach): Candidate | undefined {
  entry.candidate ??= prepareCandidate(entry, reach);
  return entry.candidate;
}

function prepareCandidate({ policy, place }: StatementEntry, reach: Reach): Candidate | undefined {
  const statement = unitOf(policy).statements[place];
  if (statement === undefined) return undefined;
  const { isActionNegated, actionPatterns, exactBits } = statement;
  return {
    statement,
    policy: reach.policyNumber(policy.key) ?? -1,
    settled: statement.coversAnyResource ? settledEffect(statement) : 0,
    whenOpen: statement.tests.length === 0 ? undefined : effectsWhenOpen(statement),
    exceptions: isActionNegated && actionPatterns.length === 0 ? exactBits : -1,
    keys: keysOfStatement(statement),
  };
}

/**
 * Whether a candidate that was not found by its names covers an action.
 * @param nameBit `textBit` of the action in lower case
 */
export function coversUnnamed({ statement, exceptions }: Candidate, foldedAction: string, nameBit: number): boolean {
  return (exceptions & nameBit) === 0 || mayCover(statement, foldedAction, nameBit);
}
