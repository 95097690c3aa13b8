import "reflect-metadata";
import { type GraphQLSchema, isInputObjectType } from "graphql";
import { buildSchema, type NonEmptyArray } from "type-graphql";
import { QUESTIONS, type ResolverClass } from "../questions/registry.js";

/** Inputs that take exactly one of their fields. type-graphql knows no such inputs, so they are marked here. */
const ONE_OF_INPUTS: readonly string[] = ["ActionInput", "ChangeInput", "ResourceInput", "ResourceSetInput"];

/**
 * The schema of the API from all registered questions.
 * @throws Error when the registry is empty or an input that takes one of its fields does not exist: faults of ours
 */
export async function buildRamgraphSchema(): Promise<GraphQLSchema> {
  const [first, ...rest] = QUESTIONS.flatMap(({ resolvers }) => resolvers);
  if (first === undefined) throw new Error("no question is registered");
  const resolvers: NonEmptyArray<ResolverClass> = [first, ...rest];
  const schema = await buildSchema({ resolvers, validate: false });
  for (const name of ONE_OF_INPUTS) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`the schema has no input \`${name}\``);
    type.isOneOf = true;
  }
  return schema;
}
