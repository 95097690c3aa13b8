import { defaultFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { Counter, type Registry } from "prom-client";

/** Counts the verdicts that answers show, where they leave: nothing that decides knows of it. */
export function measureDecisions(registry: Registry, schema: GraphQLSchema): void {
  const counts = new Map<string, number>();
  watchVerdicts(schema, (verdict) => counts.set(verdict, (counts.get(verdict) ?? 0) + 1));
  new Counter({
    name: "decision_total",
    help: "Verdicts in answers.",
    labelNames: ["result"],
    registers: [registry],
    collect() {
      for (const [result, count] of counts) this.inc({ result }, count);
      counts.clear();
    },
  });
}

/** An answer may hold thousands, so each costs an addition and no more. */
function watchVerdicts(schema: GraphQLSchema, onVerdict: (verdict: string) => void): void {
  const type = schema.getType("Decision");
  const field = isObjectType(type) ? type.getFields().verdict : undefined;
  if (field === undefined) throw new Error("the schema has no Decision.verdict to count");
  const { resolve = defaultFieldResolver } = field;
  field.resolve = (...given) => {
    const verdict: unknown = resolve(...given);
    onVerdict(String(verdict));
    return verdict;
  };
}
