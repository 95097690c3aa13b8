import { CATALOG_ACCOUNT } from "../inventory/keys.js";
import type { Scope } from "./table-content.js";

/** Whose facts are read. */
export interface SeenAccounts {
  /** A condition for rows of these accounts and of the cloud. @param column SQL that gives the account, or an empty text for the cloud */
  readonly inAccount: (column: string) => Scope;
}

/** @param accountIds left out, all accounts. The catalog is always there. */
export function seeingAccounts(accountIds: ReadonlySet<string> | undefined): SeenAccounts {
  if (accountIds === undefined) return { inAccount: () => ({ sql: "true", parameters: [] }) };
  const ids = [...accountIds, CATALOG_ACCOUNT, ""];
  return { inAccount: (column) => ({ sql: `${column} = ANY($1::text[])`, parameters: [ids] }) };
}
