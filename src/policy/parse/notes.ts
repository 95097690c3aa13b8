import type { Finding, Severity } from "../finding.js";
import type { JsonNode } from "../json/json-node.js";
import { placesIn } from "../json/place.js";

/** Collects findings while a document is read and gives each its line and column. */
export interface Notes {
  readonly findings: readonly Finding[];
  readonly add: (note: Note) => void;
}

export interface Note {
  readonly code: string;
  readonly severity: Severity;
  /** Without the place; it is added. */
  readonly message: string;
  readonly pointer: string;
  readonly at: number;
  readonly suggestion?: string;
}

export function notesOn(text: string): Notes {
  const findings: Finding[] = [];
  const placeOf = placesIn(text);
  return {
    findings,
    add: ({ code, severity, message, pointer, at, suggestion }) => {
      findings.push({
        code,
        severity,
        message: pointer === "" ? message : `${message} at ${pointer}`,
        pointer,
        ...placeOf(at),
        ...(suggestion === undefined ? {} : { suggestion }),
      });
    },
  };
}

/** A short text of a node for messages. */
export function quote(text: string, node: JsonNode): string {
  if (node.type === "string") return shorten(node.value);
  if (node.type === "number") return node.raw;
  if (node.type === "literal") return String(node.value);
  // One more than is shown, so that what is cut shows as cut.
  return shorten(text.slice(node.at, Math.min(node.end, node.at + 61)).replace(/\s+/g, " "));
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
