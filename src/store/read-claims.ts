import type { RawFacts } from "../inventory/see-accounts.js";
import { PolicyClaimEntity } from "./entities/policy.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import type { FactReader } from "./fact-reader.js";

/** Who says what of the cloud's own policies, and which account each export is of. */
export async function readClaims({ readRows }: FactReader): Promise<Pick<RawFacts, "claims" | "accountOfSource">> {
  const sources = new Map(await readRows(SourceEntity, (source) => [source.key, source] as const));
  return {
    claims: await readRows(PolicyClaimEntity, ({ sourceKey, claim }) => ({
      sourceKey,
      kind: sources.get(sourceKey)?.kind ?? "DOCUMENTATION_PAGE",
      policy: claim,
    })),
    accountOfSource: new Map(
      [...sources.values()].flatMap(({ key, accountId }) => (accountId === null ? [] : [[key, accountId] as const])),
    ),
  };
}
