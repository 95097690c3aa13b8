import type { CompiledPrincipal } from "../src/grants/compiled-principal.js";
import type { InventoryChange } from "../src/inventory/inventory-change.js";
import { policyKey } from "../src/inventory/keys.js";
import { ACCOUNT } from "./world.js";

const NAME = "EveryoneHasIt";
const MOST = 100_000;

/** A policy that allows one action, attached to the first 100,000 principals. */
export function popularPolicy(action: string, principals: readonly CompiledPrincipal[]): InventoryChange {
  const documentText = JSON.stringify({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
  const policy = policyKey("CUSTOM", ACCOUNT, NAME);
  return {
    policies: {
      put: [
        {
          type: "CUSTOM",
          accountId: ACCOUNT,
          name: NAME,
          isHighRisk: false,
          versions: [{ versionId: "v1", isDefault: true, documentText }],
        },
      ],
    },
    attachments: { put: principals.slice(0, MOST).map(({ key }) => ({ policy, principal: key })) },
  };
}
