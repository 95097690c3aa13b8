import type { NameMatch } from "../grants/find-by-name.js";
import { refusal } from "./errors.js";

/** How many candidates a refusal names. */
const MAX_CANDIDATES = 10;

/**
 * The one fact that a look-up by name found; undefined when nobody has the name.
 * @throws GraphQLError BAD_USER_INPUT with the candidates, when several accounts have it
 */
export function onlyMatch<T>(name: string, match: NameMatch<T>): T | undefined {
  if (match.kind === "ONE") return match.fact;
  if (match.kind === "NONE") return undefined;
  throw refusal("accountId", `several accounts have \`${name}\`; name one of ${candidates(match.accountIds)}`);
}

function candidates(accountIds: readonly string[]): string {
  const shown = accountIds.slice(0, MAX_CANDIDATES).map((id) => `\`${id}\``);
  const rest = accountIds.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
