import { type DocumentRules, findDocument } from "./find-document.js";
import { isRecord } from "./is-record.js";
import { HttpRefusal } from "./reply.js";

/** A request as GraphQL is to see it. */
export interface Asked {
  /** Query string of a GET request, from its `?` on. */
  readonly search: string;
  /** Of a POST request; undefined for GET. */
  readonly body: unknown;
  /** Of the trusted document that is asked for. */
  readonly sha256: string | undefined;
}

/** Puts the text in place of the name of a document. */
export function takePosted(rules: DocumentRules, body: unknown): Asked {
  if (!isRecord(body)) return { search: "", body, sha256: undefined };
  const found = findDocument(rules, body);
  if (found === undefined) return { search: "", body, sha256: undefined };
  const kept = Object.entries(body).filter(([name]) => name === "operationName" || name === "variables");
  return { search: "", body: { query: found.text, ...Object.fromEntries(kept) }, sha256: found.sha256 };
}

/** The same for GET. */
export function takeSearch(rules: DocumentRules, search: string): Asked {
  const given = new URLSearchParams(search);
  const names = ["query", "documentId", "extensions"] as const;
  const twice = names.find((name) => given.getAll(name).length > 1);
  if (twice !== undefined) throw new HttpRefusal(400, `\`${twice}\` is given twice; leave one out`);
  const found = findDocument(rules, {
    query: given.get("query") ?? undefined,
    documentId: given.get("documentId") ?? undefined,
    extensions: parse(given.get("extensions")),
  });
  if (found === undefined) return { search, body: undefined, sha256: undefined };
  given.set("query", found.text);
  given.delete("documentId");
  given.delete("extensions");
  return { search: `?${given.toString()}`, body: undefined, sha256: found.sha256 };
}

function parse(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, "`extensions` is not JSON");
  }
}
