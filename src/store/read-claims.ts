import type { RawInventory } from "../inventory/see-accounts.js";
import { PolicyClaimEntity } from "./entities/policy.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import type { ReadRows } from "./read-rows.js";

/** Who says what of the cloud's own policies, and which account each export is of. */
export async function readClaims(readRows: ReadRows): Promise<Pick<RawInventory, "claims" | "accountOfSource">> {
  const sources = new Map((await readRows(SourceEntity)).map((source) => [source.key, source]));
  const rows = await readRows(PolicyClaimEntity);
  return {
    claims: rows.map(({ sourceKey, claim }) => ({
      sourceKey,
      kind: sources.get(sourceKey)?.kind ?? "DOCUMENTATION_PAGE",
      policy: claim,
    })),
    accountOfSource: new Map(
      [...sources.values()].flatMap(({ key, accountId }) => (accountId === null ? [] : [[key, accountId] as const])),
    ),
  };
}
