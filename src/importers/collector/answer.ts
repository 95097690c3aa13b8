import { OPERATIONS } from "../account/operations.js";
import { readWholeResponse } from "../account/read-responses.js";
import { Refused } from "../account/refusal.js";
import { readCount, readFlag, readText } from "../account/row.js";
import type { Said } from "../account/said.js";
import type { CallName } from "./calls.js";

/** What a response says, as the import of the folder will read it. */
export interface Answer {
  readonly said: readonly Said[];
  /** Where the rest of a list begins, as far as the response tells. */
  readonly marker?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly isTruncated: boolean;
  readonly totalCount?: number | undefined;
}

export type Reading =
  | { readonly answer: Answer }
  /** The API says that it does not answer. */
  | { readonly error: { readonly code: string; readonly message: string } }
  /** Nothing that the import would take. */
  | { readonly problem: string };

/** Reads a response with the parser of the import, so that no file is written that the import would refuse. */
export function readAnswer(call: CallName, file: string, names: readonly string[], bytes: Uint8Array): Reading {
  const operation = OPERATIONS.get(call);
  try {
    const row = readWholeResponse(bytes, { file, forgives: operation?.forgives });
    if (operation === undefined) return { problem: "it answers no call that is known" };
    const code = row.fields.has("Message") ? readText(row, "Code") : undefined;
    if (code !== undefined && code !== operation.noneCode) {
      return { error: { code, message: readText(row, "Message") ?? "" } };
    }
    return {
      answer: {
        said: code === undefined ? operation.read(row, names) : [],
        marker: readText(row, "Marker"),
        nextToken: readText(row, "NextToken"),
        isTruncated: readFlag(row, "IsTruncated") ?? false,
        totalCount: readCount(row, "TotalCount"),
      },
    };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.refusal.message };
    throw error;
  }
}
