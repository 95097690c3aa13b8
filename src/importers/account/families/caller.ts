import { type Row, readAccountId, readName, whereOf } from "../row.js";
import type { Said } from "../said.js";

/** `sts.GetCallerIdentity`: which account the export is of. */
export function readCallerIdentity(response: Row): readonly Said[] {
  const accountId = readAccountId(response, "AccountId");
  return [{ kind: "caller", accountId, where: whereOf(response, "AccountId") }];
}

/** `ims.GetDefaultDomain`: the domain that attachments write behind the names of users. */
export function readDefaultDomain(response: Row): readonly Said[] {
  const name = readName(response, "DefaultDomainName");
  return [{ kind: "domain", name, where: whereOf(response, "DefaultDomainName") }];
}
