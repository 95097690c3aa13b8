import { toPlainValue } from "../policy/json/json-node.js";
import { parseJson } from "../policy/json/parse-json.js";

/** A JSON text as a value to show; the text itself where it is no JSON. */
export function plainJson(text: string): unknown {
  const { node } = parseJson(text);
  return node === undefined ? text : toPlainValue(node);
}
