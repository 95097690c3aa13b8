import type { RequestResource } from "../policy/arn.js";
import type { Candidate } from "./candidate.js";
import { EVERYWHERE, keysOfResource } from "./resource-keys.js";

/**
 * Statements by the resources they may cover. One that names a type (`instance/…`) or one thing of a service is found only by
 * resources that have a key of it, and by few others; everything else is found by every resource. Keys are numbers that lie together,
 * so going through all of them costs less than a map to be made for each action.
 */
export class OpenStatements {
  private readonly candidates: Candidate[];
  private keys: Int32Array;

  /** @param begun others, which go on as they are */
  constructor(begun?: OpenStatements) {
    this.candidates = begun === undefined ? [] : begun.candidates.slice();
    this.keys = begun === undefined ? new Int32Array(1_024) : begun.keys.slice();
  }

  add(open: Candidate): void {
    const { keys } = open;
    for (let at = 0; at < keys.length; at++) {
      const row = this.candidates.push(open) - 1;
      if (row === this.keys.length) this.grow();
      this.keys[row] = keys[at] ?? EVERYWHERE;
    }
  }

  /** Those of which something holds, each once, and the others to be asked for. */
  part(holds: (open: Candidate) => boolean): { readonly held: readonly Candidate[]; readonly rest: OpenStatements } {
    const [held, rest] = [[] as Candidate[], new OpenStatements()];
    let last: Candidate | undefined;
    for (const open of this.candidates) {
      // Rows of one statement stand together.
      if (open === last) continue;
      last = open;
      if (holds(open)) held.push(open);
      else rest.add(open);
    }
    return { held, rest };
  }

  /** All that may cover the resource, each once, and others. */
  about(resource: RequestResource): readonly Candidate[] {
    const [thing, type, service] = keysOfResource(resource);
    const found: Candidate[] = [];
    const { candidates, keys } = this;
    for (let row = 0; row < candidates.length; row++) {
      const key = keys[row];
      if (key !== EVERYWHERE && key !== thing && key !== type && key !== service) continue;
      const candidate = candidates[row];
      // Rows of one statement stand together.
      if (candidate !== undefined && candidate !== found[found.length - 1]) found.push(candidate);
    }
    return found;
  }

  private grow(): void {
    const grown = new Int32Array(this.keys.length * 2);
    grown.set(this.keys);
    this.keys = grown;
  }
}
