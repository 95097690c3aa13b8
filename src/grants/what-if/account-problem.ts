import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { Snapshot } from "../snapshot.js";
import { quote } from "./change.js";

/** Why nothing can be put into an account; undefined when it can. */
export function accountProblem({ accounts }: Snapshot, accountId: string): string | undefined {
  if (accountId !== CATALOG_ACCOUNT && accounts.has(accountId)) return undefined;
  return `${quote(accountId)} is no imported account; give the id of one that \`accounts\` lists`;
}
