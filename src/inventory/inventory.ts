import type { Attachment } from "./attachment.js";
import type {
  Action,
  ConditionKey,
  Operation,
  ResourceType,
  Service,
  ServiceDependency,
  ServiceLink,
} from "./catalog.js";
import type { DirectoryFacts } from "./directory.js";
import type { Policy } from "./policy.js";
import type { Account, Group, Membership, Role, User } from "./principal.js";
import type { ResourceFacts } from "./resource.js";
import type { Gap, Source, SourceFinding } from "./source.js";

/** The catalog: what all documentation pages together say. */
export interface Catalog {
  readonly services: readonly Service[];
  readonly actions: readonly Action[];
  readonly operations: readonly Operation[];
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly ConditionKey[];
  readonly serviceLinks: readonly ServiceLink[];
  readonly serviceDependencies: readonly ServiceDependency[];
}

/** All facts at one revision. Lists are in the order of their natural keys. */
export interface Inventory extends Catalog, DirectoryFacts, ResourceFacts {
  /** Decimal number as text: ordered, opaque to clients. */
  readonly revision: string;
  /** RFC 3339 instant of the commit. */
  readonly committedAt: string;
  readonly sources: readonly Source[];
  readonly accounts: readonly Account[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly memberships: readonly Membership[];
  /** Roles of accounts and of the catalog. */
  readonly roles: readonly Role[];
  readonly policies: readonly Policy[];
  readonly attachments: readonly Attachment[];
  readonly findings: readonly SourceFinding[];
  readonly gaps: readonly Gap[];
}
