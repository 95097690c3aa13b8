import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromAST,
} from "graphql";
import { type Coercers, coercerOf } from "./coerce-input.js";

/** Reads the values of an operation's variables; undefined where anything is wrong with them. */
export type Coerce = (given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> | undefined;

/** Reads one variable and writes its value down, if it has one. */
type Take = (given: Readonly<Record<string, unknown>>, values: Record<string, unknown>) => void;

/** A member of this name would be lost in the objects made here. */
const lost = "__proto__";

/**
 * Makes the function that reads the variables of an operation of a valid document. It gives what `getVariableValues` of
 * graphql-js gives, to the order of members, where that has no errors; undefined where it has any, for the plain way to say which.
 * Objects and lists that are read as they are given are the given ones, so neither is to be changed.
 * Undefined in place of the function: leave it all to the plain way.
 */
export function coerceVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): Coerce | undefined {
  const coercers: Coercers = new Map();
  const takes: Take[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type) || definition.variable.name.value === lost) return undefined;
    takes.push(takeVariable(definition, type, coercers));
  }
  return (given) => {
    const values: Record<string, unknown> = {};
    try {
      for (const take of takes) take(given, values);
    } catch {
      return undefined;
    }
    return values;
  };
}

function takeVariable(
  { variable, defaultValue }: VariableDefinitionNode,
  type: GraphQLInputType,
  coercers: Coercers,
): Take {
  const name = variable.name.value;
  const coerce = coercerOf(type, coercers);
  const stand = defaultValue === undefined ? undefined : defaultOf(defaultValue, type);
  const isRequired = stand === undefined && isNonNullType(type);
  return (given, values) => {
    if (Object.hasOwn(given, name)) values[name] = coerce(given[name]);
    else if (stand !== undefined) values[name] = stand();
    else if (isRequired) throw new TypeError(`variable $${name} is missing`);
  };
}

/** Whoever gets an object or a list by default gets one of their own, as from graphql-js. */
function defaultOf(node: ValueNode, type: GraphQLInputType): () => unknown {
  const value: unknown = valueFromAST(node, type);
  return typeof value === "object" && value !== null ? () => valueFromAST(node, type) : () => value;
}
