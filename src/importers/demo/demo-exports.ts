import { accountResponses, type DemoResponses } from "./account-responses.js";
import { directoryResponses, membershipResponse } from "./directory-responses.js";
import { KESTREL, SYSTEM_POLICIES } from "./kestrel.js";

/** The export of one account of the demonstration company. */
export interface DemoExport {
  /** Name for a folder, e.g. `kestrel-shop`. */
  readonly folder: string;
  readonly accountId: string;
  /** Text of each file, by its name. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The exports of Kestrel Coffee, a fictional company with a resource directory and four accounts: groups, roles that lead from
 * one account to another, control policies, resource groups, tags, a bucket policy, a service-linked role, and one policy that
 * allows more than anybody meant. Every call gives the same texts, importable like any other export.
 */
export function demoExports(): readonly DemoExport[] {
  const [{ id: managementAccountId }] = KESTREL;
  return KESTREL.map((account) => {
    const own = accountResponses(account, SYSTEM_POLICIES);
    const membership = membershipResponse(managementAccountId);
    const directory = account.id === managementAccountId ? directoryResponses() : [];
    const responses = new Map([...own, ...membership, ...directory]);
    return { folder: account.alias, accountId: account.id, files: filesOf(responses) };
  });
}

function filesOf(responses: DemoResponses): ReadonlyMap<string, string> {
  return new Map([...responses].map(([name, response]) => [`${name}.json`, `${JSON.stringify(response, null, 2)}\n`]));
}
