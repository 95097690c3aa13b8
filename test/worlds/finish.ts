/** Drives a question to its end without ever letting others in. */
export function finish<Answer>(question: Generator<undefined, Answer, undefined>): Answer {
  let step = question.next();
  while (!step.done) step = question.next();
  return step.value;
}
