import type { JsonProblem } from "../../../policy/json/json-node.js";
import { mistyped, type Row, readObject, readText, textOf, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** The key under which some tools wrap the document. */
const WRAPPER = "Policy";

/** `oss.GetBucketPolicy.<bucket>`: the bare document, or one under `Policy` as text or as an object. */
export function readBucketPolicy(response: Row, [bucket = ""]: readonly string[]): readonly Said[] {
  return [{ kind: "bucketPolicy", bucket, documentText: readDocument(response), where: whereOf(response) }];
}

function readDocument(response: Row): string {
  const wrapped = response.fields.get(WRAPPER);
  if (wrapped?.type === "object") return textOf(readObject(response, WRAPPER));
  const text = wrapped === undefined ? undefined : readText(response, WRAPPER);
  if (text !== undefined) return text;
  if (response.fields.has("Statement") || response.fields.has("Version")) return textOf(response);
  throw mistyped(response, WRAPPER, "a policy document");
}

/** The document is kept as it stands, so a key that stands twice in it is for its reader to judge. */
export function forgivesBucketPolicy({ code, pointer }: JsonProblem): boolean {
  return code === "DUPLICATE_KEY" && pointer !== `/${WRAPPER}`;
}
