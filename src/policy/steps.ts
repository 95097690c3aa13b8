/** Work in steps: whoever drives it may let others in wherever it yields. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Goes through all steps at once, and lets nobody in. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
