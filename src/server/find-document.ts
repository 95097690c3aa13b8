import { createHash } from "node:crypto";
import type { TrustedDocuments } from "../app/trusted-documents.js";
import { isRecord } from "./is-record.js";
import { HttpRefusal } from "./reply.js";

/** The parameters of a request that say which document is meant. */
export interface Named {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/** The document that is meant. */
export interface Found {
  readonly text: string;
  /** Of a trusted document; undefined for any other text. */
  readonly sha256: string | undefined;
}

/** Which documents are known, and whether others are answered at all. */
export interface DocumentRules {
  readonly trusted: TrustedDocuments;
  readonly onlyTrusted: boolean;
}

/** Characters; what is long in a question stands in its variables. */
const longest = 65_536;
const tooLong = `the document is longer than ${longest} characters: put long values into variables`;

const NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND";

/**
 * Finds the document of a request, which may name it in two ways: by `documentId` as GraphQL over HTTP has it, or by
 * `extensions.persistedQuery` as Apollo's clients have it. Nothing that is asked for is remembered.
 *
 * @returns undefined when the request holds a text and names nothing, so that it is to be taken as it stands
 * @throws HttpRefusal (400) for a name that is unknown or no name, for a text that is not the one named, and for any text that is
 *   not trusted where only trusted ones are answered
 */
export function findDocument({ trusted, onlyTrusted }: DocumentRules, asked: Named): Found | undefined {
  const sha256 = readHash(asked);
  const { query } = asked;
  if (typeof query === "string" && query.length > longest) throw new HttpRefusal(400, tooLong);
  if (sha256 === undefined) return typeof query === "string" && onlyTrusted ? findText(trusted, query) : undefined;
  const text = trusted.get(sha256)?.text;
  if (typeof query === "string" && query !== "") {
    if (hash(query) !== sha256) throw new HttpRefusal(400, "the query is not the one whose sha256 is given");
    // Clients send both when a hash alone was unknown; that makes it known to nobody.
    if (text === undefined && onlyTrusted) throw refuseText();
    return { text: query, sha256: text === undefined ? undefined : sha256 };
  }
  if (text !== undefined) return { text, sha256 };
  // Apollo's clients and urql look for this very text, and then send the query itself.
  const words = asked.documentId === undefined ? "PersistedQueryNotFound" : unknownId;
  throw new HttpRefusal(400, words, {}, NOT_FOUND);
}

const unknownId = "no trusted document has this `documentId`; `ramgraph operations` lists those that there are";

function findText(trusted: TrustedDocuments, query: string): Found {
  const sha256 = hash(query);
  if (!trusted.has(sha256)) throw refuseText();
  return { text: query, sha256 };
}

function refuseText(): HttpRefusal {
  const message = "this server answers trusted documents only: ask its operator to put yours among them";
  return new HttpRefusal(400, message, {}, NOT_FOUND);
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** Lower-case hexadecimal; undefined when none is given. */
function readHash({ documentId, extensions }: Named): string | undefined {
  const persisted = isRecord(extensions) ? extensions.persistedQuery : undefined;
  if (documentId === undefined && persisted === undefined) return undefined;
  if (documentId !== undefined && persisted !== undefined) {
    throw new HttpRefusal(400, "`documentId` and `extensions.persistedQuery` are both given; leave one out");
  }
  if (documentId !== undefined) return readDigest(documentId, /^sha256:([0-9a-f]{64})$/, "`documentId`");
  if (!isRecord(persisted) || persisted.version !== 1) {
    throw new HttpRefusal(400, "`extensions.persistedQuery` must have the `version` 1");
  }
  return readDigest(persisted.sha256Hash, /^([0-9a-f]{64})$/, "`extensions.persistedQuery.sha256Hash`");
}

function readDigest(value: unknown, form: RegExp, place: string): string {
  const digest = typeof value === "string" ? form.exec(value)?.[1] : undefined;
  if (digest !== undefined) return digest;
  const prefix = place === "`documentId`" ? "`sha256:` and " : "";
  throw new HttpRefusal(400, `${place} must be ${prefix}64 digits 0 to 9 and a to f`);
}
