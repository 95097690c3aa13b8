import { defaultFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { Counter, type Registry } from "prom-client";
import type { OperationContext } from "../operation-context.js";
import type { EndedOperation } from "./measure-operations.js";

/**
 * Counts the verdicts that answers show, where they leave: nothing that decides knows of it.
 *
 * @returns what takes each operation that is over
 */
export function measureDecisions(
  registry: Registry,
  schema: GraphQLSchema,
): (operation: Pick<EndedOperation, "verdicts">) => void {
  watchVerdicts(schema);
  const counter = new Counter({
    name: "decision_total",
    help: "Verdicts in answers.",
    labelNames: ["result"],
    registers: [registry],
  });
  return ({ verdicts }) => {
    for (const [result, count] of verdicts) counter.inc({ result }, count);
  };
}

/** An answer may hold thousands, so each costs an addition and no more. */
function watchVerdicts(schema: GraphQLSchema): void {
  const type = schema.getType("Decision");
  const field = isObjectType(type) ? type.getFields().verdict : undefined;
  if (field === undefined) throw new Error("the schema has no Decision.verdict to count");
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (source, args, context: OperationContext, place) => {
    const verdict: unknown = resolve(source, args, context, place);
    const { verdicts } = context.record;
    verdicts.set(String(verdict), (verdicts.get(String(verdict)) ?? 0) + 1);
    return verdict;
  };
}
