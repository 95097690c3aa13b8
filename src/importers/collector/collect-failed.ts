/**
 * Why a run cannot go on. CREDENTIALS: there are none, or they are not taken. NETWORK: nothing answers. FOLDER: it cannot
 * hold the responses.
 */
export type CollectFailureKind = "CREDENTIALS" | "NETWORK" | "FOLDER";

/** Ends a run. What is in the folder stays, and the next run goes on from there. The message is for a person. */
export class CollectFailed extends Error {
  override readonly name = "CollectFailed";

  constructor(
    readonly kind: CollectFailureKind,
    message: string,
  ) {
    super(message);
  }
}
