import { type JsonNode, type JsonString, pointerStep } from "../json/json-node.js";
import { type Notes, quote } from "./notes.js";

/** A string of the document with its pointer. */
export interface PlacedString {
  readonly text: string;
  readonly pointer: string;
  readonly at: number;
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
  if (node.type === "string") return [placed(node, pointer, notes)];
  if (node.type !== "array") {
    notes.add(notAString(text, node, pointer));
    return undefined;
  }
  const strings: PlacedString[] = [];
  let isReadable = true;
  for (const [index, item] of node.items.entries()) {
    const place = pointerStep(pointer, index);
    if (item.type === "string") {
      strings.push(placed(item, place, notes));
    } else {
      notes.add(notAString(text, item, place));
      isReadable = false;
    }
  }
  return isReadable ? strings : undefined;
}

function placed({ value, at }: JsonString, pointer: string, notes: Notes): PlacedString {
  if (value.includes("${")) {
    const message = `RAM knows no variables, so \`${value}\` is taken literally`;
    notes.add({ code: "VARIABLE_IS_LITERAL", severity: "WARNING", message, pointer, at });
  }
  return { text: value, pointer, at };
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
