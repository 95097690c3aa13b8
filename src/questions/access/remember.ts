import type { Steps } from "../../grants/steps.js";
import { workTogetherOn } from "../../grants/work-together.js";

/**
 * Remembers what was worked out of a value that never changes, by a text that is equal for equal questions only. The oldest
 * answer goes first when there are too many of one value; all go with the value.
 */
export function remember<Owner extends object, Answer>(most: number) {
  const memory = new Memory<Owner, Answer>(most);
  return (owner: Owner, key: string, workOut: () => Answer): Answer =>
    memory.find(owner, key) ?? memory.keep(owner, key, workOut());
}

/** The same of what is worked out in steps, once for all who ask meanwhile. */
export function rememberInSteps<Owner extends object, Answer>(most: number) {
  const memory = new Memory<Owner, Answer>(most);
  const together = workTogetherOn<Owner, string, Answer>();
  return function* (owner: Owner, key: string, workOut: () => Steps<Answer>): Steps<Answer> {
    return memory.find(owner, key) ?? memory.keep(owner, key, yield* together(owner, key, workOut));
  };
}

class Memory<Owner extends object, Answer> {
  private readonly known = new WeakMap<Owner, Map<string, Answer>>();

  constructor(private readonly most: number) {}

  /** What is found is the newest again. */
  find(owner: Owner, key: string): Answer | undefined {
    const answer = this.known.get(owner)?.get(key);
    return answer === undefined ? undefined : this.keep(owner, key, answer);
  }

  keep(owner: Owner, key: string, answer: Answer): Answer {
    const answers = this.known.get(owner) ?? new Map<string, Answer>();
    this.known.set(owner, answers);
    answers.delete(key);
    answers.set(key, answer);
    const [oldest] = answers.size > this.most ? answers.keys() : [];
    if (oldest !== undefined) answers.delete(oldest);
    return answer;
  }
}
