import { type GraphQLInputField, type GraphQLInputObjectType, type GraphQLInputType, isNonNullType } from "graphql";
import { isRecord } from "../is-record.js";

/** Reads a value of a type as `coerceInputValue` of graphql-js does. Throws where anything is wrong with it. */
export type Coercer = (value: unknown) => unknown;

type Given = Readonly<Record<string, unknown>>;
type Made = Record<string, unknown>;

interface Member {
  readonly name: string;
  /** Among the members of its type, which is their order in what is made. */
  readonly place: number;
  readonly coerce: Coercer;
  /** Undefined where there is none. */
  readonly byDefault: unknown;
  readonly isRequired: boolean;
  /** 1 for a member that must be given or stands by default. */
  readonly awaited: 0 | 1;
}
type Members = ReadonlyMap<string, Member>;

/**
 * Makes the function that reads objects of an input type.
 * @param coercerOf makes it for the type of a member
 */
export function coerceMembers(type: GraphQLInputObjectType, coercerOf: (type: GraphQLInputType) => Coercer): Coercer {
  const fields = Object.values(type.getFields());
  const members: Members = new Map(
    fields.map((field, place) => [field.name, memberOf(field, place, coercerOf(field.type))]),
  );
  const readPlainly = plainReader(members);
  return (value) => {
    if (!isRecord(value)) throw new TypeError("no object where one is asked for");
    const made = readPlainly(value) ?? readCarefully(value, members);
    if (type.isOneOf && !holdsOne(made)) throw new TypeError("not exactly one member");
    return made;
  };
}

function memberOf({ name, type, defaultValue }: GraphQLInputField, place: number, coerce: Coercer): Member {
  const isRequired = isNonNullType(type);
  return {
    name,
    place,
    coerce,
    byDefault: defaultValue,
    isRequired,
    awaited: isRequired || defaultValue !== undefined ? 1 : 0,
  };
}

/**
 * Goes through the members that are given, which mostly are few, and makes nothing of an object whose members come in another
 * order, or are unknown or undefined, or where one is missing that must be given or stands by default.
 */
function plainReader(members: Members): (value: Given) => Made | undefined {
  const all = [...members.values()];
  const awaited = all.filter((member) => member.awaited === 1).length;
  // Every object has such a member, which is none of its own.
  if (all.some(({ name }) => name in Object.prototype)) return () => undefined;
  return (value) => {
    if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
    const made: Made = {};
    let last = -1;
    let met = 0;
    for (const name in value) {
      const member = members.get(name);
      const given = value[name];
      if (member === undefined || member.place < last || given === undefined) return undefined;
      last = member.place;
      met += member.awaited;
      made[name] = member.coerce(given);
    }
    return met === awaited ? made : undefined;
  };
}

/** Goes through the members of the type. Also what an object has from its prototype is a member. */
function readCarefully(value: Given, members: Members): Made {
  const made: Made = {};
  for (const { name, coerce, byDefault, isRequired } of members.values()) {
    const given = value[name];
    if (given !== undefined) made[name] = coerce(given);
    else if (byDefault !== undefined) made[name] = byDefault;
    else if (isRequired) throw new TypeError(`\`${name}\` is missing`);
  }
  for (const name in value) {
    if (!members.has(name) && Object.hasOwn(value, name)) throw new TypeError(`\`${name}\` is unknown`);
  }
  return made;
}

function holdsOne(made: Given): boolean {
  let count = 0;
  for (const name in made) {
    if (made[name] === null) return false;
    count += 1;
  }
  return count === 1;
}
