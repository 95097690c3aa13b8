import { type JsonNode, pointerStep } from "../json/json-node.js";
import type { PrincipalPattern } from "../principal-pattern.js";
import { type Notes, quote } from "./notes.js";
import { readStrings } from "./read-strings.js";

const KINDS: ReadonlyMap<string, PrincipalPattern["kind"]> = new Map([
  ["RAM", "RAM"],
  ["Service", "SERVICE"],
  ["Federated", "FEDERATED"],
]);

/**
 * Reads a `Principal` element: an object by kind (trust policies), or a list of bare ids (bucket and endpoint policies).
 * Several kinds are alternatives.
 * @returns undefined (with a finding) when it cannot be read
 */
export function readPrincipals(
  text: string,
  node: JsonNode,
  pointer: string,
  notes: Notes,
): readonly PrincipalPattern[] | undefined {
  if (node.type !== "object") {
    return readStrings(text, node, pointer, notes)?.map((string) => ({ kind: "RAM", text: string.text.trim() }));
  }
  const principals: PrincipalPattern[] = [];
  for (const { key, keyAt, value } of node.members) {
    const place = pointerStep(pointer, key);
    const kind = KINDS.get(key);
    if (kind === undefined) {
      const message = `unknown kind of principal \`${quote(text, { type: "string", at: keyAt, value: key })}\``;
      notes.add({ code: "UNKNOWN_PRINCIPAL_KIND", severity: "ERROR", message, pointer: place, at: keyAt });
      return undefined;
    }
    const strings = readStrings(text, value, place, notes);
    if (strings === undefined) return undefined;
    principals.push(...strings.map((string) => ({ kind, text: string.text.trim() })));
  }
  return principals;
}
