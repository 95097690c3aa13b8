import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { readBody } from "./read-body.js";
import { HttpRefusal } from "./reply.js";

/** No question nests its variables like that, and whatever walks the value later may do so by recursion. */
const deepest = 64;

/**
 * Reads the JSON object of a POST request.
 *
 * @throws HttpRefusal saying what is wrong with its type, size, encoding or form
 */
export async function readQuestion(request: IncomingMessage): Promise<unknown> {
  checkType(request.headers["content-type"]);
  checkCoding(request.headers["content-encoding"]);
  const body = parse(decode(await readBody(request)));
  if (Array.isArray(body)) {
    throw new HttpRefusal(400, "lists of operations are not taken: send them one by one, or as one operation");
  }
  if (nestsDeeper(body, deepest)) throw new HttpRefusal(400, `the body nests deeper than ${deepest} levels`);
  return body;
}

/** A foreign page can send forms and plain text without asking the browser, but not JSON. */
function checkType(contentType = ""): void {
  if (contentType === "application/json") return;
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  if (type.trim() !== "application/json") {
    throw new HttpRefusal(415, "send the question as `content-type: application/json`");
  }
  const charsets = parameters.map((text) => text.trim()).filter((text) => text.startsWith("charset"));
  if (charsets.some((text) => !/^charset="?utf-8"?$/.test(text))) {
    throw new HttpRefusal(415, "send the question in UTF-8, the only charset that JSON has");
  }
}

function checkCoding(coding = "identity"): void {
  if (coding.toLowerCase() === "identity") return;
  throw new HttpRefusal(415, "send the body as it is: no `content-encoding` is taken", {
    "accept-encoding": "identity",
  });
}

function decode(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new HttpRefusal(400, "the body is not UTF-8");
  const text = bytes.toString();
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

const byteOrderMark = "\uFEFF";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, 'the body is not JSON; send `{"query": "…", "variables": {…}}`');
  }
}

/** Looks no further than these levels down, so recursion is bounded whatever was sent. */
function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inner.some((each) => nestsDeeper(each, levels - 1));
}
