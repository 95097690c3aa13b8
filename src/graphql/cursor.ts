import { refusal } from "./errors.js";

/** A place in one list at one revision. */
export interface Cursor {
  /** One, or two divided by `-` for a list about the difference of two states. */
  readonly revision: string;
  /** Of the list that it belongs to. */
  readonly identity: string;
  /** Index in the whole list. */
  readonly position: number;
}

const FORM = /^1 (\d{1,18}(?:-\d{1,18})?) ([0-9a-f]{16}) (0|[1-9]\d{0,8})$/;
const MEND = "give a cursor that this list returned, or leave it out";

export function encodeCursor({ revision, identity, position }: Cursor): string {
  return Buffer.from(`1 ${revision} ${identity} ${position}`, "latin1").toString("base64url");
}

/**
 * Reads a cursor strictly: only texts that `encodeCursor` gave, and only for the list asked for.
 * @throws GraphQLError BAD_USER_INPUT naming the argument
 */
export function readCursor(argument: "after" | "before", text: string, identity: string): Cursor {
  const found = text.length > 128 ? null : FORM.exec(Buffer.from(text, "base64url").toString("latin1"));
  const [, revision = "", owner = "", position = ""] = found ?? [];
  const cursor = { revision, identity: owner, position: Number(position) };
  if (found === null || encodeCursor(cursor) !== text) throw refusal(argument, `this is no cursor; ${MEND}`);
  if (owner !== identity) throw refusal(argument, `the cursor is of another list or other arguments; ${MEND}`);
  return cursor;
}
