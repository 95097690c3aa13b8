import type { RequestResource } from "../policy/arn.js";
import type { Candidate } from "./candidate.js";
import { keysOfResource } from "./resource-keys.js";

/**
 * Statements by the resources they may cover. One that names a type (`instance/…`) or one thing of a service is found only by
 * resources that are such; everything else is found by every resource.
 */
export class OpenStatements {
  private readonly everywhere: Candidate[] = [];
  private readonly byKey = new Map<string, Candidate[]>();

  add(open: Candidate): void {
    const { keys } = open;
    if (keys === undefined) this.everywhere.push(open);
    else for (let at = 0; at < keys.length; at++) this.addAt(keys[at] ?? "", open);
  }

  /** All that may cover the resource, each in one of the lists, and others. */
  about(resource: RequestResource): readonly (readonly Candidate[])[] {
    return [this.everywhere, ...keysOfResource(resource).flatMap((key) => [this.byKey.get(key) ?? []])];
  }

  private addAt(key: string, open: Candidate): void {
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, [open]);
    else known.push(open);
  }
}
