import { type JsonNode, type JsonString, pointerStep } from "../json/json-node.js";
import { type Notes, quote } from "./notes.js";

/** A string of the document with its place. */
export interface PlacedString {
  readonly text: string;
  /** The pointer of what it stands in, or its own where it stands alone. */
  readonly element: string;
  /** Its place in a list. */
  readonly index: number | undefined;
  readonly at: number;
}

/** Written down where something is said of the string, which of most there is not. */
export function pointerTo({ element, index }: Pick<PlacedString, "element" | "index">): string {
  return index === undefined ? element : pointerStep(element, index);
}

/**
 * Reads `"x"` or `["x", …]`. Numbers and booleans are no strings to RAM; what they were meant to be is not guessed.
 * @returns undefined (with a finding) when anything else stands there
 */
export function readStrings(
  text: string,
  node: JsonNode,
  pointer: string,
  notes: Notes,
): readonly PlacedString[] | undefined {
  if (node.type === "string") return [placed(node, pointer, undefined, notes)];
  if (node.type !== "array") {
    notes.add(notAString(text, node, pointer));
    return undefined;
  }
  const strings: PlacedString[] = [];
  let isReadable = true;
  for (const [index, item] of node.items.entries()) {
    if (item.type === "string") {
      strings.push(placed(item, pointer, index, notes));
    } else {
      notes.add(notAString(text, item, pointerStep(pointer, index)));
      isReadable = false;
    }
  }
  return isReadable ? strings : undefined;
}

function placed({ value, at }: JsonString, element: string, index: number | undefined, notes: Notes): PlacedString {
  const string = { text: value, element, index, at };
  if (value.includes("${")) {
    const message = `RAM knows no variables, so \`${value}\` is taken literally`;
    notes.add({ code: "VARIABLE_IS_LITERAL", severity: "WARNING", message, pointer: pointerTo(string), at });
  }
  return string;
}

function notAString(text: string, node: JsonNode, pointer: string) {
  return {
    code: "NOT_A_STRING",
    severity: "ERROR" as const,
    message: `expected a string, found \`${quote(text, node)}\``,
    pointer,
    at: node.at,
  };
}
