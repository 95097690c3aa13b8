/**
 * Remembers what was worked out of a value that never changes, by a text that is equal for equal questions only. The oldest
 * answer goes first when there are too many of one value; all go with the value.
 */
export function remember<Owner extends object, Answer>(most: number) {
  const known = new WeakMap<Owner, Map<string, Answer>>();
  return (owner: Owner, key: string, workOut: () => Answer): Answer => {
    const answers = known.get(owner) ?? new Map<string, Answer>();
    known.set(owner, answers);
    const answer = answers.get(key) ?? workOut();
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.size > most ? answers.keys() : [];
    if (oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}
