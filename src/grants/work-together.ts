import type { Steps } from "./steps.js";

/**
 * Works something out once, in steps, however many ask for it meanwhile: whoever has a turn takes the next step for all, so that it
 * goes on when one of them is stopped.
 */
export function workTogether<T>(workOut: () => Steps<T>): () => Steps<T> {
  let known: { readonly value: T } | undefined;
  let begun: Steps<T> | undefined;
  return function* () {
    while (known === undefined) {
      const steps: Steps<T> = begun ?? workOut();
      // Put back only once the step went well: what threw is no good to anybody else.
      begun = undefined;
      const step = steps.next();
      if (step.done) {
        known = { value: step.value };
        break;
      }
      begun = steps;
      yield undefined;
    }
    return known.value;
  };
}

/** The same for each owner, such as a snapshot; kept as long as the owner is. */
export function workTogetherFor<Owner extends object, T>(
  workOut: (owner: Owner) => Steps<T>,
): (owner: Owner) => Steps<T> {
  const begun = new WeakMap<Owner, () => Steps<T>>();
  return (owner) => {
    const own = begun.get(owner) ?? workTogether(() => workOut(owner));
    begun.set(owner, own);
    return own();
  };
}

/** How many things that were begun and not ended an owner has; most are ended, others by whoever asks next. */
const MOST_BEGUN = 16;

/**
 * The same for each of an owner's keys, only as long as it is worked out: what came of it is the asker's to keep. Who was stopped
 * leaves what was begun to the owner, such as a snapshot, and with it that goes.
 */
export function workTogetherOn<Owner extends object, Name, T>(): (
  owner: Owner,
  name: Name,
  workOut: () => Steps<T>,
) => Steps<T> {
  const begun = new WeakMap<Owner, Map<Name, () => Steps<T>>>();
  return function* (owner, name, workOut) {
    const ofOwner = begun.get(owner) ?? new Map<Name, () => Steps<T>>();
    begun.set(owner, ofOwner);
    const own = ofOwner.get(name) ?? workTogether(workOut);
    ofOwner.set(name, own);
    const [oldest] = ofOwner.size > MOST_BEGUN ? ofOwner.keys() : [];
    if (oldest !== undefined) ofOwner.delete(oldest);
    const value = yield* own();
    if (ofOwner.get(name) === own) ofOwner.delete(name);
    return value;
  };
}
