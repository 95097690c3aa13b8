import type { CatalogIndex } from "../../src/grants/catalog-index.js";
import type { PolicyDocumentType } from "../../src/policy/document.js";
import type { Finding } from "../../src/policy/finding.js";
import { lintDocument } from "../../src/questions/lint/lint-document.js";
import type { LintExample } from "../../src/questions/lint/lint-rule.js";
import { buildWorld } from "../worlds/build-world.js";

/** A catalog in which one service, `mq`, is documented as a whole. */
const CATALOG: CatalogIndex = buildWorld(
  {
    policies: {},
    operations: [
      {
        name: "mq:QueryMqttDeviceTrace",
        action: "mq:QueryMqttDeviceTrace",
        resource: "acs:mq:{#r}:{#a}:{#InstanceId}",
      },
      { name: "mq:DeleteGroup", action: "mq:DeleteGroup", resource: "acs:mq:{#r}:{#a}:{#InstanceId}/{#GroupId}" },
      { name: "mq:ListInstances", action: "mq:ListInstances", resource: "*" },
    ],
  },
  ["mq:QueryMqttDeviceTrace", "mq:DeleteGroup", "mq:ListInstances", "mq:QueryDeviceStatistics"],
).catalog;

export function textOf(document: LintExample["document"]): string {
  return typeof document === "string" ? document : JSON.stringify({ Version: "1", Statement: document }, null, 2);
}

export function lint(document: LintExample["document"], type: PolicyDocumentType = "IDENTITY"): readonly Finding[] {
  return lintDocument(CATALOG, textOf(document), type);
}
