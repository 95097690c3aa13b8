import type { Steps } from "../../grants/steps.js";
import { workTogetherOn } from "../../grants/work-together.js";

/**
 * Remembers what was worked out of a value that never changes, by a text that is equal for equal questions only. The oldest
 * answers go first when there are too many of one value, or their questions are too long; all go with the value.
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

/** Letters of all questions that are kept of one value: a policy of a mebibyte makes a question of as many. */
const MOST_LETTERS = 16 * 1024 * 1024;

/** What is kept of one value, the oldest first. */
interface Kept<Answer> {
  readonly answers: Map<string, Answer>;
  letters: number;
}

class Memory<Owner extends object, Answer> {
  private readonly known = new WeakMap<Owner, Kept<Answer>>();

  constructor(private readonly most: number) {}

  /** What is found is the newest again. */
  find(owner: Owner, key: string): Answer | undefined {
    const answers = this.known.get(owner)?.answers;
    const answer = answers?.get(key);
    if (answers === undefined || answer === undefined) return undefined;
    answers.delete(key);
    answers.set(key, answer);
    return answer;
  }

  keep(owner: Owner, key: string, answer: Answer): Answer {
    if (key.length > MOST_LETTERS) return answer;
    const kept = this.known.get(owner) ?? { answers: new Map<string, Answer>(), letters: 0 };
    this.known.set(owner, kept);
    drop(kept, key);
    kept.answers.set(key, answer);
    kept.letters += key.length;
    for (const oldest of kept.answers.keys()) {
      if (kept.answers.size <= this.most && kept.letters <= MOST_LETTERS) break;
      drop(kept, oldest);
    }
    return answer;
  }
}

function drop(kept: Kept<unknown>, key: string): void {
  if (kept.answers.delete(key)) kept.letters -= key.length;
}
