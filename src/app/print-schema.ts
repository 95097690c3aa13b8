import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";

/** The schema as text, sorted by names so that a change of the API is a small change of the text. */
export function printSortedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
