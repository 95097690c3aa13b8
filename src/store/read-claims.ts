import type { Key } from "../inventory/keys.js";
import type { RawFacts } from "../inventory/see-accounts.js";
import { PolicyClaimEntity } from "./entities/policy.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import type { FactReader } from "./fact-reader.js";

/** Who says what of the cloud's own policies, and which account each export is of. */
export async function readClaims(reader: FactReader): Promise<Pick<RawFacts, "claims" | "accountOfSource">> {
  const kinds = new Map(await reader.readRows(SourceEntity, ({ key, kind }) => [key, kind] as const));
  const claims = await reader.readRows(PolicyClaimEntity, ({ sourceKey, claim }) => ({
    sourceKey,
    kind: kinds.get(sourceKey) ?? "DOCUMENTATION_PAGE",
    policy: claim,
  }));
  return { claims, accountOfSource: await readAccountsOfSources(reader) };
}

/** The account that each export is of, by the source's key; pages have none. */
export async function readAccountsOfSources({ readRows }: FactReader): Promise<ReadonlyMap<Key, string>> {
  const rows = await readRows(SourceEntity, ({ key, accountId }) => [key, accountId] as const);
  return new Map(rows.flatMap(([key, accountId]) => (accountId === null ? [] : [[key, accountId] as const])));
}
