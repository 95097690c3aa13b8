import { createHash } from "node:crypto";
import type { CatalogFacts } from "../../inventory/batch.js";
import { sourceKey } from "../../inventory/keys.js";
import type { Source } from "../../inventory/source.js";
import type { PageHead } from "./page-head.js";

/**
 * What a page is known by: the address that it gives, else its title and the service that it is about, so that a newer
 * copy replaces an older one under whatever name it was saved.
 */
export function sourceOfPage(
  bytes: Uint8Array,
  { title, updatedAt }: PageHead,
  facts: CatalogFacts,
  uri: string | undefined,
): Source {
  return {
    key: sourceKey("DOCUMENTATION_PAGE", uri ?? nameOf(title, facts)),
    kind: "DOCUMENTATION_PAGE",
    title,
    ...(uri === undefined ? {} : { uri }),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}

const LONGEST_TITLE = 200;

function nameOf(title: string, { services, operations, resourceTypes, roles }: CatalogFacts): string {
  const subject =
    services[0]?.code ?? operations[0]?.service ?? resourceTypes[0]?.service ?? productOf(roles[0]?.serviceName);
  return `${title.slice(0, LONGEST_TITLE)}${subject === undefined ? "" : ` (${subject})`}`;
}

/** `connector.alikafka.aliyuncs.com` belongs to `alikafka`. */
function productOf(principal: string | undefined): string | undefined {
  return principal
    ?.replace(/\.aliyuncs\.com$/, "")
    .split(".")
    .at(-1);
}
