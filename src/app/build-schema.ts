import "reflect-metadata";
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { QUESTIONS, type ResolverClass } from "../questions/registry.js";
import { callDirectly, markHandlers } from "./call-directly.js";
import { failAgain } from "./fail-again.js";
import { declareInputs, takePlainInputs } from "./plain-inputs.js";

/** Inputs that take exactly one of their fields. type-graphql knows no such inputs, so they are marked here. */
const ONE_OF_INPUTS: readonly string[] = ["ActionInput", "ChangeInput", "ResourceInput", "ResourceSetInput"];

/**
 * The schema of the API from all registered questions.
 * @param isDirect false leaves it to type-graphql how methods are called, which takes longer for the same
 * @throws Error when the registry is empty or names an input or a field that does not exist: faults of ours
 */
export async function buildRamgraphSchema(isDirect = true): Promise<GraphQLSchema> {
  const [first, ...rest] = QUESTIONS.flatMap(({ resolvers }) => resolvers);
  if (first === undefined) throw new Error("no question is registered");
  const resolvers: NonEmptyArray<ResolverClass> = [first, ...rest];
  declareInputs();
  markHandlers();
  const schema = buildSchemaSync({ resolvers, validate: false });
  takePlainInputs();
  if (isDirect) callDirectly(schema);
  failAgain(schema);
  for (const name of ONE_OF_INPUTS) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`the schema has no input \`${name}\``);
    type.isOneOf = true;
  }
  for (const { costs } of QUESTIONS) for (const [place, cost] of Object.entries(costs)) putCost(schema, place, cost);
  return schema;
}

/** Writes down at a field, and at the same field of the types that share it, what the registry says that it costs. */
function putCost(schema: GraphQLSchema, place: string, cost: number): void {
  const [typeName = "", fieldName = ""] = place.split(".");
  const type = schema.getType(typeName);
  const types = isInterfaceType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  for (const each of types) {
    const field = isObjectType(each) || isInterfaceType(each) ? each.getFields()[fieldName] : undefined;
    if (!field) throw new Error(`the registry gives a cost to \`${place}\`, which the schema does not have`);
    field.extensions = { ...field.extensions, cost };
  }
}
