import { type GraphQLInputField, type GraphQLInputObjectType, type GraphQLInputType, isNonNullType } from "graphql";
import { isRecord } from "../is-record.js";

/** Reads a value of a type as `coerceInputValue` of graphql-js does. Throws where anything is wrong with it. */
export type Coercer = (value: unknown) => unknown;

type Given = Readonly<Record<string, unknown>>;

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
  const isPlain = plainCheck(members);
  return (value) => {
    if (!isRecord(value)) throw new TypeError("no object where one is asked for");
    const read = isPlain(value) ? readPlainly(value, members) : readCarefully(value, members);
    if (type.isOneOf && !holdsOne(read)) throw new TypeError("not exactly one member");
    return read;
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
 * Makes the check whether an object is as it would be made: its members its own, known, none of them undefined, in the order of the
 * type, and with all that must be given or stand by default.
 */
function plainCheck(members: Members): (value: Given) => boolean {
  const all = [...members.values()];
  const awaited = all.filter((member) => member.awaited === 1).length;
  // Every object has such a member, which is none of its own.
  if (all.some(({ name }) => name in Object.prototype)) return () => false;
  return (value) => {
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    let last = -1;
    let met = 0;
    for (const name in value) {
      const member = members.get(name);
      if (member === undefined || member.place < last || value[name] === undefined) return false;
      last = member.place;
      met += member.awaited;
    }
    return met === awaited;
  };
}

/** Goes through the members that are given, which mostly are few. Gives the object itself where each of them is read as it is. */
function readPlainly(value: Given, members: Members): Given {
  let made: Record<string, unknown> | undefined;
  for (const name in value) {
    const given = value[name];
    const read = members.get(name)?.coerce(given);
    if (made === undefined && !Object.is(read, given)) made = { ...value };
    if (made !== undefined) made[name] = read;
  }
  return made ?? value;
}

/** Goes through the members of the type. Also what an object has from its prototype is a member. */
function readCarefully(value: Given, members: Members): Given {
  const made: Record<string, unknown> = {};
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
