import type { GraphQLField } from "graphql";
import { isThenable } from "./is-object.js";

/** The method of an operation's only field failed, so there is nothing more to find out: neither of this field nor of others. */
export class OnlyFieldFailed extends Error {
  /** @param reason what it threw */
  constructor(readonly reason: unknown) {
    super("the only field of the operation failed");
  }
}

/** The same field, whose method fails with `OnlyFieldFailed`, at once or later. */
export function asOnlyField(field: GraphQLField<unknown, unknown>): GraphQLField<unknown, unknown> {
  const { resolve } = field;
  if (resolve === undefined) return field;
  return {
    ...field,
    resolve: (...given) => {
      const value = attempt(() => resolve(...given));
      return isThenable(value) ? value.then(undefined, fail) : value;
    },
  };
}

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (reason) {
    return fail(reason);
  }
}

function fail(reason: unknown): never {
  throw new OnlyFieldFailed(reason);
}
