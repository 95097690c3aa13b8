import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import { type Coercer, coerceMembers } from "./coerce-members.js";
import { isIterable } from "./is-object.js";

/** What is made already for input objects, which may hold themselves. */
export type Coercers = Map<GraphQLInputObjectType, Coercer>;

/** Makes the function that reads values of a type. */
export function coercerOf(type: GraphQLInputType, coercers: Coercers): Coercer {
  const coerce = coercePresent(type, coercers);
  if (!isNonNullType(type)) return (value) => (value === null || value === undefined ? null : coerce(value));
  return (value) => {
    if (value === null || value === undefined) throw new TypeError("null where a value is required");
    return coerce(value);
  };
}

/** For what is neither null nor undefined. */
function coercePresent(given: GraphQLInputType, coercers: Coercers): Coercer {
  const type = getNullableType(given);
  if (isListType(type)) return coerceList(coercerOf(type.ofType, coercers));
  return isLeafType(type) ? coerceLeaf(type) : coerceObject(type, coercers);
}

function coerceObject(type: GraphQLInputObjectType, coercers: Coercers): Coercer {
  const known = coercers.get(type);
  if (known !== undefined) return known;
  // Within itself a type is found before it is made.
  coercers.set(type, (value) => coerce(value));
  const coerce = coerceMembers(type, (inner) => coercerOf(inner, coercers));
  coercers.set(type, coerce);
  return coerce;
}

function coerceLeaf(type: GraphQLLeafType): Coercer {
  return (value) => {
    const read: unknown = type.parseValue(value);
    if (read === undefined) throw new TypeError("a value that its type does not know");
    return read;
  };
}

/** One value stands for a list of it. */
function coerceList(coerce: Coercer): Coercer {
  return (value) => {
    if (Array.isArray(value)) return coerceItems(value, coerce);
    return isIterable(value) ? Array.from(value, coerce) : [coerce(value)];
  };
}

/** Gives the list itself where each of its items is read as it is. A gap in it is an item as well, of which null is made. */
function coerceItems(items: readonly unknown[], coerce: Coercer): readonly unknown[] {
  let made: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const read = coerce(items[index]);
    if (made === undefined && !Object.is(read, items[index])) made = items.slice(0, index);
    made?.push(read);
  }
  return made ?? items;
}
