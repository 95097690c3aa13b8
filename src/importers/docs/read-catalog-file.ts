import { createHash } from "node:crypto";
import { sourceKey } from "../../inventory/keys.js";
import type { Source } from "../../inventory/source.js";
import type { JsonNode } from "../../policy/json/json-node.js";
import { parseJson } from "../../policy/json/parse-json.js";
import { placesIn } from "../../policy/json/place.js";
import { readCatalogFacts, readKeptFinding } from "./catalog-facts.js";
import type { PageReading } from "./read-page.js";
import { Misfit, present, readFields, readList, readMatching, readOneOf, readText } from "./strict-fields.js";

/**
 * Reads one file of the shipped catalog (`{ "format": 1, "source", "facts", "findings" }`, JSON) into the same batch
 * that an import of its page gives. Strict: an unknown key or a wrong type refuses the file, with its place.
 */
export function readCatalogFile(text: string, fileName: string): PageReading {
  const { node, problems } = parseJson(text);
  const refuse = (problem: string, at: number, pointer: string): PageReading => {
    const { line, column } = placesIn(text)(at);
    const place = pointer === "" ? "" : ` at ${pointer}`;
    return { refusal: { fileName, reason: `line ${line}, column ${column}: ${problem}${place}` } };
  };
  const problem = problems[0];
  if (problem !== undefined) return refuse(problem.message, problem.at, problem.pointer);
  if (node === undefined) return refuse("the file is no JSON", 0, "");
  try {
    return { batch: batchOf(node, text, fileName) };
  } catch (error) {
    if (error instanceof Misfit) return refuse(error.problem, error.at, error.pointer);
    throw error;
  }
}

function batchOf(
  node: JsonNode,
  text: string,
  fileName: string,
): Extract<PageReading, { readonly batch: unknown }>["batch"] {
  const fields = readFields(node, "", ["format", "source", "facts", "findings"]);
  fields.must("format", readFormat);
  return {
    kind: "catalog",
    source: fields.must("source", (value, pointer) => readSource(value, pointer, text, fileName)),
    facts: fields.must("facts", readCatalogFacts),
    findings: fields.may("findings", readList(readKeptFinding)) ?? [],
  };
}

function readFormat(node: JsonNode, pointer: string): 1 {
  if (node.type === "number" && node.raw === "1") return 1;
  throw new Misfit("this release reads catalog files of format 1 only", pointer, node.at);
}

/**
 * `sha256` in the file is the digest of the page that the facts come from. The source's own digest is that of the catalog
 * file: these are the bytes that were read, and a corrected file must not pass for the old. Its key is the file's, so that
 * the page itself, when it is imported, stands beside it and neither takes the other's place.
 */
function readSource(node: JsonNode, pointer: string, text: string, fileName: string): Source {
  const fields = readFields(node, pointer, ["kind", "title", "uri", "sha256", "updatedAt"]);
  const uri = fields.may("uri", readMatching(/^https:\/\/\S+$/, "an https address"));
  const pageSha256 = fields.may("sha256", readMatching(/^[0-9a-f]{64}$/, "a SHA-256 digest in lower-case hex"));
  return {
    key: sourceKey("DOCUMENTATION_PAGE", `catalog/${fileName}`),
    kind: fields.may("kind", readOneOf(["DOCUMENTATION_PAGE"])) ?? "DOCUMENTATION_PAGE",
    title: fields.must("title", readText),
    sha256: createHash("sha256").update(text).digest("hex"),
    ...present({
      uri,
      pageSha256,
      updatedAt: fields.may("updatedAt", readMatching(/^\d{4}-\d{2}-\d{2}$/, "a date such as `2026-03-11`")),
    }),
  };
}
