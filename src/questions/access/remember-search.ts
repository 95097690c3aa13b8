type Search<Answer> = Generator<undefined, Answer, undefined>;

/** Answers of each snapshot, or pair of them, that are kept; the oldest go first. */
const MOST = 32;
/** Rows of an answer that is kept. */
const MOST_ROWS = 2_000;

/**
 * Remembers answers that took many decisions, for whoever asks again at the same revision: a dashboard, or several fields of one
 * operation. What another viewer sees, and what is supposed, are snapshots of their own, so nobody gets another's answer.
 *
 * @param countRows how large an answer is; large ones are not kept
 * @returns a function that runs the search, or gives what it gave before. Its key is a text that is equal for equal questions only;
 *   undefined where a question is not worth a key.
 */
export function rememberSearch<Owner extends object, Answer>(countRows: (answer: Answer) => number) {
  const known = new WeakMap<Owner, Map<string, Answer>>();
  return function* (owner: Owner, key: string | undefined, search: () => Search<Answer>): Search<Answer> {
    if (key === undefined) return yield* search();
    const found = known.get(owner)?.get(key);
    if (found !== undefined) return found;
    const answer = yield* search();
    if (countRows(answer) <= MOST_ROWS) keep(known, owner, key, answer);
    return answer;
  };
}

function keep<Owner extends object, Answer>(
  known: WeakMap<Owner, Map<string, Answer>>,
  owner: Owner,
  key: string,
  answer: Answer,
): void {
  const answers = known.get(owner) ?? new Map<string, Answer>();
  known.set(owner, answers);
  answers.set(key, answer);
  const [oldest] = answers.size > MOST ? answers.keys() : [];
  if (oldest !== undefined) answers.delete(oldest);
}

const pairs = new WeakMap<object, WeakMap<object, object>>();

/** One object for each two values that never change, in that order, to remember something of both. */
export function pairOf(first: object, second: object): object {
  const seconds = pairs.get(first) ?? new WeakMap<object, object>();
  pairs.set(first, seconds);
  const pair = seconds.get(second) ?? {};
  seconds.set(second, pair);
  return pair;
}
