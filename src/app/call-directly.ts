import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { Extensions, getMetadataStorage, type ResolverData } from "type-graphql";

type Storage = ReturnType<typeof getMetadataStorage>;
/** A method that answers a field. */
type Handler = (Storage["queries"] | Storage["fieldResolvers"])[number];
type Parameter = NonNullable<Handler["params"]>[number];

type Resolve = GraphQLFieldResolver<unknown, object, Readonly<Record<string, unknown>>>;
/** What a method gets for one of its parameters. */
type Give = (...given: Parameters<Resolve>) => unknown;

/** Under this name each field of a schema tells which method answers it. */
const MARK = "handler";
const handlers = new Map<unknown, Handler>();

/** Lets fields of schemas that are built from now on tell which methods answer them. */
export function markHandlers(): void {
  const { queries, fieldResolvers } = getMetadataStorage();
  for (const handler of [...queries, ...fieldResolvers]) {
    if (handler.extensions?.[MARK] !== undefined) continue;
    const mark = `${handlers.size}`;
    handlers.set(mark, handler);
    Extensions({ [MARK]: mark })(handler.target.prototype, handler.methodName, {});
  }
}

/**
 * Lets fields call their methods with nothing in between, with arguments as GraphQL has read them and with the object that they
 * stand on as it is. Else an object is made of the arguments, and each is waited for in case somebody validates it, which nobody
 * does: that takes longer than answering most fields.
 *
 * @param schema is changed
 */
export function callDirectly(schema: GraphQLSchema): void {
  const instances = new Map<unknown, object>();
  for (const type of Object.values(schema.getTypeMap())) {
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const handler = handlers.get(field.extensions[MARK]);
      if (handler === undefined || isGuarded(handler)) continue;
      const resolve = isOfObject(handler) ? undefined : resolverOf(handler, instances);
      if (resolve !== undefined) field.resolve = resolve;
      else if (isGetter(handler)) delete field.resolve;
    }
  }
}

/** Is it a method of the object that the field stands on? */
function isOfObject(handler: Handler): boolean {
  return "kind" in handler && handler.kind === "internal";
}

/** Must something stand in between? */
function isGuarded({ middlewares = [], roles }: Handler): boolean {
  return middlewares.length > 0 || roles !== undefined;
}

/** A getter of the object itself is read as any other member is. */
function isGetter({ target, methodName, schemaName }: Handler): boolean {
  return methodName === schemaName && Object.getOwnPropertyDescriptor(target.prototype, methodName)?.get !== undefined;
}

/** Undefined where a parameter is given something else than values of the field. */
function resolverOf({ target, methodName, params = [] }: Handler, instances: Map<unknown, object>) {
  const gives = params.toSorted((a, b) => a.index - b.index).flatMap((param) => giveOf(param) ?? []);
  const instance = instances.get(target) ?? instanceOf(target);
  const method: unknown = Reflect.get(instance, methodName);
  if (typeof method !== "function" || gives.length < params.length) return undefined;
  instances.set(target, instance);
  const resolve: Resolve = (root, args, context, info) => {
    const values: unknown[] = [];
    for (const give of gives) values.push(give(root, args, context, info));
    return Reflect.apply(method, instance, values);
  };
  return resolve;
}

function instanceOf(target: Handler["target"]): object {
  const made: unknown = Reflect.construct(target, []);
  if (typeof made === "object" && made !== null) return made;
  throw new Error(`${target.name} is no class`);
}

function giveOf(param: Parameter): Give | undefined {
  switch (param.kind) {
    case "root":
      return param.propertyName === undefined ? (root) => root : undefined;
    case "args":
      return (_, args) => args;
    case "arg":
      return (_, args) => args[param.name];
    case "context":
      return param.propertyName === undefined ? (_, __, context) => context : undefined;
    case "info":
      return (_, __, ___, info) => info;
    case "custom":
      return param.options.arg === undefined ? (...given) => giveMade(param.resolver, given) : undefined;
    default:
      return undefined;
  }
}

function giveMade(make: (data: ResolverData<object>) => unknown, [root, args, context, info]: Parameters<Resolve>) {
  return make({ root, args, context, info });
}
