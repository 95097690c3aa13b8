import { type GraphQLInputField, type GraphQLInputObjectType, type GraphQLInputType, isNonNullType } from "graphql";
import { isRecord } from "../is-record.js";

/** Reads a value of a type as `coerceInputValue` of graphql-js does. Throws where anything is wrong with it. */
export type Coercer = (value: unknown) => unknown;

interface Member {
  readonly name: string;
  readonly coerce: Coercer;
  /** Undefined where there is none. */
  readonly byDefault: unknown;
  readonly isRequired: boolean;
}

/**
 * Makes the function that reads objects of an input type.
 * @param coercerOf makes it for the type of a member
 */
export function coerceMembers(type: GraphQLInputObjectType, coercerOf: (type: GraphQLInputType) => Coercer): Coercer {
  const members = Object.values(type.getFields()).map((field) => memberOf(field, coercerOf));
  const names = new Set(members.map(({ name }) => name));
  return (value) => {
    if (!isRecord(value)) throw new TypeError("no object where one is asked for");
    const made: Record<string, unknown> = {};
    for (const member of members) readMember(value, member, made);
    refuseUnknown(value, names);
    if (type.isOneOf && !holdsOne(made)) throw new TypeError("not exactly one member");
    return made;
  };
}

function memberOf(
  { name, type, defaultValue }: GraphQLInputField,
  coercerOf: (type: GraphQLInputType) => Coercer,
): Member {
  return { name, coerce: coercerOf(type), byDefault: defaultValue, isRequired: isNonNullType(type) };
}

/** Also a member that an object has from its prototype is one. */
function readMember(
  value: Readonly<Record<string, unknown>>,
  { name, coerce, byDefault, isRequired }: Member,
  made: Record<string, unknown>,
): void {
  const given = value[name];
  if (given !== undefined) made[name] = coerce(given);
  else if (byDefault !== undefined) made[name] = byDefault;
  else if (isRequired) throw new TypeError(`\`${name}\` is missing`);
}

function refuseUnknown(value: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): void {
  for (const name in value) {
    if (!names.has(name) && Object.hasOwn(value, name)) throw new TypeError(`\`${name}\` is unknown`);
  }
}

function holdsOne(made: Readonly<Record<string, unknown>>): boolean {
  const [member, ...more] = Object.values(made);
  return more.length === 0 && member !== undefined && member !== null;
}
