import { type FieldNode, Kind, type OperationDefinitionNode, parse, print } from "graphql";
import type { Question } from "./take-question.js";

/** Under which name the answer of {@link askRevision} carries its revision. */
export const REVISION_ALIAS = "ramgraphRevision";

/**
 * Adds to a question the revision that it is answered from, so that a table of its rows can say so.
 *
 * @param question whose document was parsed before
 */
export function askRevision(question: Question): Question {
  const document = parse(question.query);
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const isAsked = question.operationName === undefined || definition.name?.value === question.operationName;
    return isAsked ? withRevision(definition) : definition;
  });
  return { ...question, query: print({ ...document, definitions }) };
}

/** Asks about the same state of the world as the first field does. */
function withRevision(operation: OperationDefinitionNode): OperationDefinitionNode {
  const { selections } = operation.selectionSet;
  const first = selections.find((selection) => selection.kind === Kind.FIELD);
  const at = first?.arguments?.filter(({ name }) => name.value === "at") ?? [];
  const revision: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: REVISION_ALIAS },
    name: { kind: Kind.NAME, value: "snapshot" },
    arguments: at,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: "revision" } }],
    },
  };
  return { ...operation, selectionSet: { ...operation.selectionSet, selections: [...selections, revision] } };
}
