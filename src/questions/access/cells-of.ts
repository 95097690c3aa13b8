import type { Snapshot } from "../../grants/snapshot.js";
import { finish, type Steps } from "../../grants/steps.js";
import type { ResourcePattern } from "../../policy/arn.js";
import type { ConditionTest } from "../../policy/conditions/condition-test.js";
import { type Representatives, representativesInSteps } from "../../policy/patterns/resource-set.js";
import { rememberInSteps } from "./remember.js";

/** What tells resources apart: a list of patterns, or a test of the resource's text. */
export type Divider = readonly ResourcePattern[] | ConditionTest;

const remembered = rememberInSteps<Snapshot, Representatives>(1000);

/**
 * `representatives`, worked out once for each question about the same snapshot: most actions of a principal, and most
 * principals, are told apart by the same patterns. The oldest entry goes first when there are too many. Yields now and then.
 */
export function* cellsInSteps(
  snapshot: Snapshot,
  pattern: ResourcePattern,
  dividers: readonly Divider[],
  ownAccount: string | undefined,
): Steps<Representatives> {
  const key = cellsKey(pattern, dividers, ownAccount);
  return yield* remembered(snapshot, key, () => representativesInSteps(pattern, dividers, ownAccount));
}

/** The same at once. */
export function cellsOf(...question: Parameters<typeof cellsInSteps>): Representatives {
  return finish(cellsInSteps(...question));
}

/** Equal for equal questions only: every part that counts stands in it, quoted as JSON. */
export function cellsKey(
  pattern: ResourcePattern,
  dividers: readonly Divider[],
  ownAccount: string | undefined,
): string {
  const parts = dividers.map((divider) => ("identity" in divider ? divider.identity : divider.map(meaningOf)));
  return JSON.stringify([meaningOf(pattern), ownAccount ?? null, parts]);
}

function meaningOf({ form, segments, text }: ResourcePattern): readonly (string | readonly string[])[] {
  return [form, segments ?? text];
}
