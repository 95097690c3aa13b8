import type { Finding } from "../policy/finding.js";
import type { Attachment } from "./attachment.js";
import type { AccessLevel, ConditionKey, Granularity, Operation, ResourceType } from "./catalog.js";
import type { DirectoryFacts } from "./directory.js";
import type { Key } from "./keys.js";
import type { Policy } from "./policy.js";
import type { Account, Group, Membership, Role, User } from "./principal.js";
import type { ResourceFacts } from "./resource.js";
import type { Gap, Source } from "./source.js";

/** What an importer hands over: everything that one source says. Importers return batches and never write. */
export type Batch = CatalogBatch | AccountBatch;

export interface CatalogBatch {
  readonly kind: "catalog";
  readonly source: Source;
  readonly facts: CatalogFacts;
  readonly findings: readonly BatchFinding[];
}

export interface AccountBatch {
  readonly kind: "account";
  readonly source: Source;
  readonly facts: AccountFacts;
  readonly findings: readonly BatchFinding[];
  readonly gaps: readonly Gap[];
}

/** A finding with the fact that it is about, where there is one. */
export interface BatchFinding extends Finding {
  readonly subject?: Key;
}

/**
 * What one page says, as plain JSON values. Names that only other pages can resolve (a product's name in a table, the
 * RAM code of the page's own product) stay as they are written; `mergeCatalog` resolves them over all pages together,
 * so that the order of imports never matters.
 */
export interface CatalogFacts {
  /** The product that the page is about, from its title, e.g. `ApsaraMQ for MQTT`. */
  readonly product?: string;
  readonly services: readonly ServiceFact[];
  /** Actions named outside of any policy document or table row, e.g. ones that a console page needs. */
  readonly actions: readonly string[];
  readonly operations: readonly OperationFact[];
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly ConditionKey[];
  readonly roles: readonly ServiceLinkedRoleFact[];
  readonly policies: readonly SystemPolicyFact[];
}

/** A row of an authorization table. */
export interface OperationFact extends Omit<Operation, "accessLevel"> {
  /** Absent where the table has no such column, as those of up to 2021. */
  readonly accessLevel?: AccessLevel;
}

export interface ServiceFact {
  readonly code: string;
  readonly name?: string;
  /** Other names that pages use for the product. */
  readonly aliases?: readonly string[];
  readonly granularity?: Granularity;
}

/** A service-linked role as its page describes it. */
export interface ServiceLinkedRoleFact {
  readonly name: string;
  /** Service principal. Absent where the page does not give it: whose role it is, another source may tell. */
  readonly serviceName?: string;
  /** Absent where the page names no policy; the policy then bears the role's name. */
  readonly policyName?: string;
  /** The policy document as JSON text, repaired and wrapped where the page required it. */
  readonly document?: string;
  /** The text of the page that the document was read from, where it differs. */
  readonly originalText?: string;
  readonly createdWhen?: string;
  readonly purpose?: string;
  /** Purposes for each service reached, under the label that the page uses. */
  readonly servicePurposes: readonly { readonly label: string; readonly purpose: string }[];
  readonly prerequisitesForDeletion: readonly string[];
  readonly consequences: readonly string[];
  /** As the page prints it, placeholders filled from the page itself. */
  readonly creationPolicy?: string;
}

export interface SystemPolicyFact {
  readonly name: string;
  /** What it grants and what it leaves out. Absent where the page only names the policy. */
  readonly description?: string;
  readonly isHighRisk: boolean;
  readonly document?: string;
  /** Version of the document, e.g. `v3`, where the page gives it. */
  readonly versionId?: string;
  /** ISO 8601 day on which the policy was made. */
  readonly createdOn?: string;
  /** ISO 8601 day of the document's version. */
  readonly updatedOn?: string;
}

/** Everything that an export says about one account. */
export interface AccountFacts extends DirectoryFacts, ResourceFacts {
  readonly account: Account;
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly memberships: readonly Membership[];
  readonly roles: readonly Role[];
  /** Custom and control policies of the account and the system policies that it uses. */
  readonly policies: readonly Policy[];
  readonly attachments: readonly Attachment[];
}

/** An empty set of catalog facts, to spread over. */
export const NO_CATALOG_FACTS: CatalogFacts = {
  services: [],
  actions: [],
  operations: [],
  resourceTypes: [],
  conditionKeys: [],
  roles: [],
  policies: [],
};
