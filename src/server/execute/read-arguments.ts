import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  isNonNullType,
  Kind,
} from "graphql";
import { holds } from "./holds.js";
import { Unfit, type Values } from "./run.js";

/** Reads the arguments of a field where variables have these values. */
export type ReadArguments = (values: Values) => Values;

/**
 * Makes what reads the arguments of a field as `getArgumentValues` of graphql-js does: once for all where there are no variables in
 * them, and by that function where variables stand within values.
 */
export function readArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  const given = node.arguments ?? [];
  if (!given.some(({ value }) => holds(value, Kind.VARIABLE))) {
    const values = getArgumentValues(field, node);
    return () => values;
  }
  const isDeep = given.some(({ value }) => value.kind !== Kind.VARIABLE && holds(value, Kind.VARIABLE));
  return isDeep ? (values) => getArgumentValues(field, node, { ...values }) : readEach(field, node, given);
}

/** Takes one argument and writes its value down, if it has one. */
type Take = (values: Values, taken: Record<string, unknown>) => void;

function readEach(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  given: readonly ArgumentNode[],
): ReadArguments {
  const variables = new Map(
    given.flatMap(({ name, value }) => (value.kind === Kind.VARIABLE ? [[name.value, value.name.value]] : [])),
  );
  const fixed = getArgumentValues({ ...field, args: field.args.filter(({ name }) => !variables.has(name)) }, node);
  const takes = field.args.flatMap((argument): Take | [] => {
    const variable = variables.get(argument.name);
    if (variable !== undefined) return takeVariable(argument, variable);
    return Object.hasOwn(fixed, argument.name) ? takeFixed(argument.name, fixed[argument.name]) : [];
  });
  return (values) => {
    const taken: Record<string, unknown> = {};
    for (const take of takes) take(values, taken);
    return taken;
  };
}

function takeFixed(name: string, value: unknown): Take {
  return (_, taken) => {
    taken[name] = value;
  };
}

function takeVariable({ name, type, defaultValue }: GraphQLArgument, variable: string): Take {
  const isNeeded = isNonNullType(type);
  return (values, taken) => {
    if (Object.hasOwn(values, variable)) {
      const value = values[variable];
      if (isNeeded && value === null) throw new Unfit(`\`${name}\` is null`);
      taken[name] = value;
    } else if (defaultValue !== undefined) taken[name] = defaultValue;
    else if (isNeeded) throw new Unfit(`\`${name}\` is not given`);
  };
}
