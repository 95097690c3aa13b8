import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ResponsePath,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { coerceVariables } from "./coerce-variables.js";
import { countFields } from "./count-fields.js";
import { holds } from "./holds.js";
import { gatherJson, type Text } from "./json-sink.js";
import { asOnlyField } from "./only-field.js";
import { collectFields, type Outline, outlineOf } from "./outline.js";
import { Unfit, type Values, type Write } from "./run.js";
import { type Place, writeField } from "./write-field.js";
import { type Member, writeMembers } from "./write-members.js";

/** Answers an operation. */
export interface CompiledOperation {
  /**
   * @param given values of variables as the client sent them
   * @returns the JSON of `data`; undefined where the variables are not what the operation takes
   * @throws whatever does not go well, also if it would be but one field of the answer; `OnlyFieldFailed` where the method of the only
   * field that is asked for failed, whatever it promises
   */
  readonly answer: (context: object, given: Values) => Text | undefined;
  /** For how many fields functions may be made, once their objects come. */
  readonly fields: number;
}

/** See `countFields`; what is made for a field takes some fifty microseconds, in which nobody else gets a turn, and two kilobytes. */
const mostFields = 1_000;

/**
 * Makes a function that writes the answers of a valid document's operation, to the byte as they are written plainly: with functions for
 * each field that it selects, each of which knows what it is about, and without an object in between for each that is answered. Functions
 * are made when the first object of their type comes.
 *
 * @returns undefined for what the plain way has to answer
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  most = mostFields,
): CompiledOperation | undefined {
  const root = operation.operation === OperationTypeNode.QUERY ? schema.getQueryType() : undefined;
  if (!root || holds(document, Kind.DIRECTIVE)) return undefined;
  const fields = countFields(schema, document);
  if (fields > most) return undefined;
  const coerce = coerceVariables(schema, operation);
  if (coerce === undefined) return undefined;
  const write = new Selections(outlineOf(schema, document, operation)).write(root, [operation.selectionSet], undefined);
  return {
    fields,
    answer: (context, given) => {
      const variables = coerce(given);
      if (variables === undefined) return undefined;
      const run = { context, variables, calls: [] };
      return gatherJson((sink) => write(undefined, run, sink));
    },
  };
}

class Selections {
  #fields = 0;

  constructor(private readonly outline: Outline) {}

  /** Writes objects of a type as they are selected. */
  write(type: GraphQLObjectType, sets: readonly SelectionSetNode[], path: ResponsePath | undefined): Write {
    const members: Member[] = [];
    const selected = collectFields(this.outline, type, sets);
    const isOnly = path === undefined && selected.size === 1;
    for (const [key, nodes] of selected) {
      const place = { parentType: type, nodes, path: { prev: path, key, typename: type.name } };
      members.push({ name: key, write: this.#member(place, isOnly) });
    }
    return writeMembers(members);
  }

  #member(place: Pick<Place, "parentType" | "nodes" | "path">, isOnly: boolean): Write {
    const { parentType, nodes, path } = place;
    const { outline } = this;
    const field = fieldOf(outline.schema, parentType, nodes[0].name.value);
    if (field === TypeNameMetaFieldDef) {
      const name = JSON.stringify(parentType.name);
      return (_, __, sink) => sink.writeJson(name);
    }
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    const select = (type: GraphQLObjectType) => this.write(type, sets, path);
    this.#fields += 1;
    return writeField({ ...place, outline, field: isOnly ? asOnlyField(field) : field, number: this.#fields }, select);
  }
}

function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  const field = type.getFields()[name];
  if (field === undefined) throw new Unfit(`\`${type.name}\` has no \`${name}\``);
  return field;
}
