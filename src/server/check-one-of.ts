import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  typeFromAST,
  visit,
} from "graphql";
import { isRecord } from "./is-record.js";

type Check = (value: unknown) => boolean;
type Checks = Map<GraphQLInputType, Check>;

/** Do the values of variables give exactly one member wherever a type asks for that? */
export type OneOfCheck = (variables: Readonly<Record<string, unknown>>) => boolean;

/** Makes the check of the variables of a valid document, of all its operations. */
export function checkOneOf(schema: GraphQLSchema, document: DocumentNode): OneOfCheck {
  const checks: Checks = new Map();
  const parts: (readonly [name: string, check: Check])[] = [];
  visit(document, {
    [Kind.VARIABLE_DEFINITION]: ({ variable, type: node }) => {
      const type = typeFromAST(schema, node);
      const check = isInputType(type) ? checkOf(type, checks) : undefined;
      if (check !== undefined) parts.push([variable.name.value, check]);
      return false;
    },
  });
  return (variables) => parts.every(([name, check]) => check(variables[name]));
}

/** Undefined where nothing has to be looked at. */
function checkOf(given: GraphQLInputType, checks: Checks): Check | undefined {
  const type = getNullableType(given);
  if (isListType(type)) {
    const check = checkOf(type.ofType, checks);
    // One value may stand for a list of it.
    return check && ((value) => (Array.isArray(value) ? value.every(check) : check(value)));
  }
  if (!isInputObjectType(type)) return undefined;
  const known = checks.get(type);
  if (known !== undefined) return known;
  // Types may hold themselves.
  checks.set(type, (value) => check(value));
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const inner = checkOf(field.type, checks);
    return inner === undefined ? [] : [[field.name, inner] as const];
  });
  const check: Check = (value) => {
    // A list is no object, and what else is none is refused by whoever reads the values.
    if (!isRecord(value)) return !Array.isArray(value);
    return (!type.isOneOf || givesOne(value)) && parts.every(([name, inner]) => inner(value[name]));
  };
  checks.set(type, check);
  return check;
}

function givesOne(value: Readonly<Record<string, unknown>>): boolean {
  const [member, ...more] = Object.values(value);
  return more.length === 0 && member !== undefined && member !== null;
}
