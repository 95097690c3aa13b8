import type { JsonProblem } from "../../policy/json/json-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { placesIn } from "../../policy/json/place.js";
import { Refused } from "./refusal.js";
import { type Page, type Row, toRow } from "./row.js";

/** Whether a blemish of the text is left to a later reader, who has the text as it stands. */
export type Forgives = (problem: JsonProblem) => boolean;

/**
 * The responses of one file, one after the other so that a long list is never held twice: the whole text, or one a line.
 * A byte order mark may stand at the very start.
 */
export function* readResponses(
  file: string,
  text: string,
  { isLines, forgives }: { readonly isLines: boolean; readonly forgives?: Forgives | undefined },
): Generator<Row> {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (!isLines) {
    yield readResponse({ file, text: body, placeOf: placesIn(body) }, forgives);
    return;
  }
  for (const [index, line] of body.split("\n").entries()) {
    if (line.trim() === "") continue;
    yield readResponse({ file, text: line, placeOf: (offset) => ({ line: index + 1, column: offset + 1 }) }, forgives);
  }
}

function readResponse(page: Page, forgives: Forgives = () => false): Row {
  const { node, problems } = parseJson(page.text);
  const problem = page.text.startsWith("\uFEFF") ? SECOND_MARK : problems.find((one) => !forgives(one));
  if (problem !== undefined) throw refuse(problem, page);
  if (node?.type === "object") return toRow(node, "", page);
  throw refuse({ code: "SYNTAX", message: "a response is a JSON object", at: 0, pointer: "" }, page);
}

const SECOND_MARK: JsonProblem = {
  code: "SYNTAX",
  message: "a byte order mark stands elsewhere than at the start of the file",
  at: 0,
  pointer: "",
};

const MENDS: Readonly<Record<JsonProblem["code"], string>> = {
  SYNTAX: "the file may be cut or no response of the API, export it again",
  TOO_DEEP: "no response of the API is nested like that, export it again",
  DUPLICATE_KEY: "readers differ in which of the two they take, export it again",
  LONE_SURROGATE: "text like that cannot be stored unchanged, correct the name at its source",
  NUL_CHARACTER: "text like that cannot be stored unchanged, correct the name at its source",
};

function refuse({ code, message, at, pointer }: JsonProblem, page: Page): Refused {
  const where = { file: page.file, ...page.placeOf(at), pointer };
  return new Refused(code === "SYNTAX" ? "NOT_JSON" : code, where, message, MENDS[code]);
}
