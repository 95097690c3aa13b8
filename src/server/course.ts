import type { GraphQLResponse } from "@apollo/server";
import type { Answered, Failed, Listener, Resolved } from "./part.js";

/**
 * The way of one operation past all parts, which are asked in their order. An operation is priced, paid for and looked up once,
 * however many ways it is tried: whoever takes such a step again hears what came of it.
 */
export class Course {
  /** Undefined before that step is taken. */
  #resolving: Refusal | null | undefined;
  #answering: Promise<GraphQLResponse | null> | undefined;

  constructor(private readonly listeners: readonly Listener[]) {}

  /** @throws what refuses the operation */
  resolve(operation: Resolved): void {
    if (this.#resolving === undefined) this.#resolving = this.#askAll((each) => each.didResolveOperation?.(operation));
    conclude(this.#resolving);
  }

  /** @returns null where no part has an answer, or there is no such operation, so that the operation is to be executed */
  answer(operation: Resolved): Promise<GraphQLResponse | null> {
    this.#answering ??= this.#findAnswer(operation);
    return this.#answering;
  }

  fail(operation: Failed): void {
    conclude(this.#askAll((each) => each.didEncounterErrors?.(operation)));
  }

  send(operation: Answered): void {
    conclude(this.#askAll((each) => each.willSendResponse?.(operation)));
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

  /** All are asked, also behind one that throws: the first reason counts. */
  #askAll(ask: (listener: Listener) => void): Refusal | null {
    let refusal: Refusal | null = null;
    for (const each of this.listeners) {
      try {
        ask(each);
      } catch (reason) {
        refusal ??= { reason };
      }
    }
    return refusal;
  }
}

/** Why a step ended badly. */
interface Refusal {
  readonly reason: unknown;
}

function conclude(refusal: Refusal | null): void {
  if (refusal !== null) throw refusal.reason;
}
