type Steps<T> = Generator<undefined, T, undefined>;

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
