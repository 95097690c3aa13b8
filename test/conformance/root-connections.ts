import { type GraphQLField, type GraphQLSchema, getNamedType, isRequiredArgument } from "graphql";

/** A list of the API that is read page by page from the root. */
export interface RootConnection {
  readonly name: string;
  /** Its arguments that must be given, as variables are declared: `$query: String!`. */
  readonly declared: readonly string[];
  /** The same as they are passed on: `query: $query`. */
  readonly passed: readonly string[];
}

export function rootConnections(schema: GraphQLSchema): readonly RootConnection[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields.filter((field) => getNamedType(field.type).name.endsWith("Connection")).map(describeConnection);
}

function describeConnection({ name, args }: GraphQLField<unknown, unknown>): RootConnection {
  const required = args.filter(isRequiredArgument);
  return {
    name,
    declared: required.map((argument) => `$${argument.name}: ${String(argument.type)}`),
    passed: required.map((argument) => `${argument.name}: $${argument.name}`),
  };
}

const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** A query for one page, under the name that Relay wants for a module `pages`. */
export function pageQuery({ name, declared, passed }: RootConnection, directive = ""): string {
  return `query ${pageQueryName(name)}(${["$count: Int!", "$cursor: String", ...declared].join(", ")}) {
  ${name}(${["first: $count", "after: $cursor", ...passed].join(", ")}) ${directive} {
    edges { cursor node { __typename } }
    pageInfo { hasNextPage endCursor }
  }
}`;
}

export const pageQueryName = (connection: string) => `pages${capital(connection)}Query`;
