import { getMetadataStorage } from "type-graphql";

type TypeThunk = () => unknown;
interface Typed {
  getType: TypeThunk;
}

/** Types of arguments as they were declared. */
const declared = new Map<Typed, TypeThunk>();

/** Lets arguments have the types that they were declared with, as building a schema needs. */
export function declareInputs(): void {
  for (const [argument, getType] of declared) argument.getType = getType;
  declared.clear();
}

/**
 * Hands inputs to resolvers as GraphQL has read them, plain objects of the same members. Else each would be copied into an instance
 * of its class, level by level, which takes longer than most answers; nothing here hangs on the class of an input.
 */
export function takePlainInputs(): void {
  const { inputTypes, argumentTypes, queries, fieldResolvers } = getMetadataStorage();
  const inputs = new Set<unknown>(inputTypes.map(({ target }) => target));
  const params = [...queries, ...fieldResolvers].flatMap((method) => method.params ?? []);
  const args: readonly Typed[] = [
    ...params.filter((param) => param.kind === "arg"),
    ...argumentTypes.flatMap(({ fields }) => fields ?? []),
  ];
  for (const argument of args) {
    if (!inputs.has(argument.getType())) continue;
    declared.set(argument, argument.getType);
    argument.getType = () => Object;
  }
}
