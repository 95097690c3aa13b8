import { Refused } from "../refusal.js";
import { type Row, readName, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** `sts.GetCallerIdentity`: which account the export is of. */
export function readCallerIdentity(response: Row): readonly Said[] {
  const accountId = readName(response, "AccountId");
  if (!/^\d{1,20}$/.test(accountId)) {
    const problem = `account id \`${accountId}\` is not a row of digits`;
    throw new Refused("ACCOUNT_ID_MALFORMED", whereOf(response, "AccountId"), problem, "put the real id there");
  }
  return [{ kind: "caller", accountId, where: whereOf(response, "AccountId") }];
}

/** `ims.GetDefaultDomain`: the domain that attachments write behind the names of users. */
export function readDefaultDomain(response: Row): readonly Said[] {
  const name = readName(response, "DefaultDomainName");
  return [{ kind: "domain", name, where: whereOf(response, "DefaultDomainName") }];
}
