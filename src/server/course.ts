import type { GraphQLResponse } from "@apollo/server";
import type { Answered, Failed, Listener, Resolved } from "./part.js";

/**
 * The way of one operation past all parts, which are asked in their order. An operation is priced, paid for and looked up once,
 * however many ways it is tried: whoever takes such a step again hears what came of it.
 */
export class Course {
  #resolving: { readonly reasons: readonly unknown[] } | undefined;
  #answering: Promise<GraphQLResponse | null> | undefined;

  constructor(private readonly listeners: readonly Listener[]) {}

  /** @throws what refuses the operation */
  resolve(operation: Resolved): void {
    this.#resolving ??= { reasons: this.#gatherReasons((each) => each.didResolveOperation?.(operation)) };
    throwFirst(this.#resolving.reasons);
  }

  /** @returns null where no part has an answer, or there is no such operation, so that the operation is to be executed */
  answer(operation: Resolved): Promise<GraphQLResponse | null> {
    this.#answering ??= this.#findAnswer(operation);
    return this.#answering;
  }

  fail(operation: Failed): void {
    throwFirst(this.#gatherReasons((each) => each.didEncounterErrors?.(operation)));
  }

  send(operation: Answered): void {
    throwFirst(this.#gatherReasons((each) => each.willSendResponse?.(operation)));
  }

  async #findAnswer(operation: Resolved): Promise<GraphQLResponse | null> {
    // A name that no operation has is refused by whoever executes it; nothing was priced.
    if (operation.operation === undefined) return null;
    for (const each of this.listeners) {
      const coming = each.responseForOperation?.(operation) ?? null;
      const response = coming === null ? null : await coming;
      if (response !== null) return response;
    }
    return null;
  }

  /** All are asked, also behind one that throws. */
  #gatherReasons(ask: (listener: Listener) => void): readonly unknown[] {
    const reasons: unknown[] = [];
    for (const each of this.listeners) {
      try {
        ask(each);
      } catch (reason) {
        reasons.push(reason);
      }
    }
    return reasons;
  }
}

/** The first reason counts. */
function throwFirst(reasons: readonly unknown[]): void {
  if (reasons.length > 0) throw reasons[0];
}
