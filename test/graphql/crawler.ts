import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";

/** Arguments for fields that need some or say more with some, by `Type.field`, as GraphQL text with brackets. */
export type CrawlArguments = Readonly<Record<string, string>>;

const PAGE = 1;

/**
 * Builds one query for each root field that selects every field below it in pages of one. Where a type comes a second time, only
 * its single values are selected, so that queries stay small.
 *
 * @throws Error for a field that needs arguments and is given none: a new field has to be covered
 */
export function crawlQueries(schema: GraphQLSchema, given: CrawlArguments): ReadonlyMap<string, string> {
  const root = schema.getQueryType();
  if (!isObjectType(root)) throw new Error("the schema has no queries");
  const fields = Object.values(root.getFields());
  return new Map(
    fields.map((field, turn) => {
      const crawl = { schema, given, turn, seen: new Set<string>() };
      return [field.name, `{ ${select(crawl, root, field)} }`] as const;
    }),
  );
}

/** All fields of object types, as `Type.field`. */
export function allFields(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
}

/** The fields that queries of {@link crawlQueries} select, as `Type.field`. */
export function fieldsSelected(queries: Iterable<string>): ReadonlySet<string> {
  const aliases = [...queries].flatMap((query) => [...query.matchAll(/\b([A-Z]\w*)_(\w+): /g)]);
  return new Set(aliases.map(([, type, field]) => `${type}.${field}`));
}

type AnyField = GraphQLField<unknown, unknown>;

interface Crawl {
  readonly schema: GraphQLSchema;
  readonly given: CrawlArguments;
  /** Types whose fields are all selected already. */
  readonly seen: Set<string>;
  /** Each query begins with another field, so that a type that is empty in one place is met in another. */
  readonly turn: number;
}

function select(crawl: Crawl, parent: GraphQLObjectType, field: AnyField): string {
  const key = `${parent.name}.${field.name}`;
  const missing = field.args.filter(isRequiredArgument).map(({ name }) => name);
  const byDefault = field.args.some(({ name }) => name === "first") ? `(first: ${PAGE})` : "";
  const args = crawl.given[key] ?? byDefault;
  if (missing.length > 0 && crawl.given[key] === undefined) {
    throw new Error(`\`${key}\` needs ${missing.join(", ")}: say in CrawlArguments with what it is to be asked`);
  }
  // One answer may hold a field of one name from several types of a union, with arguments that differ.
  const alias = `${parent.name}_${field.name}`;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return `${alias}: ${field.name}${args}`;
  return `${alias}: ${field.name}${args} { __typename ${selectType(crawl, type.name)} }`;
}

function selectType(crawl: Crawl, name: string): string {
  const type = crawl.schema.getType(name);
  if (isAbstractType(type)) {
    const parts = crawl.schema
      .getPossibleTypes(type)
      .map((each) => `... on ${each.name} { __typename ${selectType(crawl, each.name)} }`);
    return parts.join(" ");
  }
  if (!isObjectType(type)) return "";
  const isFirst = !crawl.seen.has(name);
  crawl.seen.add(name);
  return rotate(Object.values(type.getFields()), crawl.turn)
    .filter((field) => isFirst || isLeafType(getNamedType(field.type)))
    .map((field) => select(crawl, type, field))
    .join(" ");
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
}

/** What an answer holds. */
export interface Seen {
  /** Every single value with its `Type.field`. */
  readonly texts: readonly (readonly [field: string, text: string])[];
  /** Fields that had a value, `Type.field`. */
  readonly fields: ReadonlySet<string>;
}

/** Looks through an answer to a query of {@link crawlQueries}. */
export function lookThrough(answer: unknown): Seen {
  const texts: (readonly [string, string])[] = [];
  const fields = new Set<string>();
  const walk = (value: unknown, field: string): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const each of value) walk(each, field);
      return;
    }
    fields.add(field);
    if (typeof value === "object") {
      for (const [key, part] of Object.entries(value)) walk(part, fieldOf(key) ?? field);
    } else texts.push([field, JSON.stringify(value)]);
  };
  walk(answer, "");
  return { texts, fields };
}

function fieldOf(alias: string): string | undefined {
  return /^[A-Z]\w*_\w+$/.test(alias) ? alias.replace("_", ".") : undefined;
}
