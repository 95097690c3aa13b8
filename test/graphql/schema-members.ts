import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  print,
} from "graphql";

/** One thing that a schema offers: its place, its shape and its description. */
export interface Member {
  /** e.g. `Query.role(name:)`. */
  readonly place: string;
  /** e.g. `String!` or `Int = 25`. */
  readonly shape: string;
  readonly description: string | null | undefined;
}

/** Every type, field, argument, input field and enum value of a schema, but what GraphQL itself brings. */
export function membersOf(schema: GraphQLSchema): readonly Member[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  return types
    .filter((type) => !["String", "Int", "Float", "Boolean", "ID"].includes(type.name))
    .flatMap(membersOfType);
}

function membersOfType(type: GraphQLNamedType): readonly Member[] {
  const { name, description } = type;
  if (isScalarType(type)) return [{ place: name, shape: "scalar", description }];
  if (isEnumType(type)) {
    const values = type.getValues().map((value) => ({
      place: `${name}.${value.name}`,
      shape: "value",
      description: value.description,
    }));
    return [{ place: name, shape: "enum", description }, ...values];
  }
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => ({
      place: `${name} | ${member.name}`,
      shape: "member",
      description: "the member has its own",
    }));
    return [{ place: name, shape: "union", description }, ...members];
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => inputMember(`${name}.${field.name}`, field));
    return [{ place: name, shape: type.isOneOf ? "input @oneOf" : "input", description }, ...fields];
  }
  return isObjectType(type) || isInterfaceType(type) ? membersOfFields(type) : [];
}

function membersOfFields(type: GraphQLNamedType): readonly Member[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const interfaces = type.getInterfaces().map((each) => each.name);
  const kind = isObjectType(type) ? "type" : "interface";
  const itself = {
    place: type.name,
    shape: [kind, ...interfaces.sort()].join(" & "),
    description: type.name === "Query" ? "the root" : type.description,
  };
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const place = `${type.name}.${field.name}`;
    const args = field.args.map((argument) => inputMember(`${place}(${argument.name}:)`, argument));
    return [{ place, shape: String(field.type), description: field.description }, ...args];
  });
  return [itself, ...fields];
}

function inputMember(place: string, input: GraphQLArgument | GraphQLInputField): Member {
  const value = input.defaultValue === undefined ? null : astFromValue(input.defaultValue, input.type);
  const shape = value === null || value === undefined ? String(input.type) : `${String(input.type)} = ${print(value)}`;
  return { place, shape, description: input.description };
}
