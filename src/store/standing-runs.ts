/** What a decision about runs needs of each. */
export interface PastRun {
  readonly id: string;
  readonly kind: "IMPORT" | "REVERT" | "FORGET";
  readonly targetId: string | null;
}

/**
 * The runs whose facts stand, oldest first. A REVERT brings back those that stood before its target; it takes no place
 * among them itself, so that taking back a REVERT brings back what it took away.
 *
 * @param runs those of one source that changed something, oldest first
 */
export function standingRuns<R extends PastRun>(runs: readonly R[]): readonly R[] {
  let standing: readonly R[] = [];
  const before = new Map<string, readonly R[]>();
  for (const run of runs) {
    before.set(run.id, standing);
    standing = run.kind === "REVERT" ? (before.get(run.targetId ?? "") ?? standing) : [...standing, run];
  }
  return standing;
}
