import type { Gap } from "./source.js";

const WORDS = "is imported and not loaded by this server; ask one that loads it";

/** What a server that loads some accounts only has to say of each of the others. */
export function notLoaded(accountIds: readonly string[]): readonly Gap[] {
  return accountIds.map((id) => ({
    reason: "ACCOUNT_NOT_IMPORTED",
    subject: id,
    detail: `account \`${id}\` ${WORDS}`,
  }));
}

/** Is the gap about an account that another server loads? */
export function isNotLoaded({ detail }: Gap): boolean {
  return detail.endsWith(WORDS);
}
