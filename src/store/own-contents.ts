import type { AccountBatch } from "../inventory/batch.js";
import { NO_DIRECTORY } from "../inventory/directory.js";
import { NO_RESOURCES } from "../inventory/resource.js";
import { AccountEntity } from "./entities/account.entity.js";
import { FindingEntity } from "./entities/finding.entity.js";
import { PolicyClaimEntity, PolicyEntity, PolicyVersionEntity } from "./entities/policy.entity.js";
import { SourceEntity } from "./entities/source.entity.js";
import { accountContents, ownSources } from "./import-account.js";
import type { SharedPolicies } from "./shared-policies.js";
import { SHARED } from "./source-contents.js";
import type { Scope, TableContent } from "./table-content.js";

/** One of an account's tables, emptied of what is the account's own. */
export interface OwnContent extends TableContent {
  /** The rows that are the account's own, apart from those of the cloud's policies, which it shares with others. */
  readonly own: Scope;
}

/**
 * The tables of an account as if it had no facts, each after those that it refers to. Of the cloud's policies they hold
 * what the claims of all others, and those given, come to.
 */
export function ownContents(accountId: string, shared: SharedPolicies): readonly OwnContent[] {
  return accountContents(batchWithoutFacts(accountId), shared).map((content) => {
    const isItself = content.entity === SourceEntity || content.entity === AccountEntity;
    return { ...content, rows: isItself ? [] : content.rows, own: ownScope(content, accountId) };
  });
}

function ownScope({ entity, scope }: TableContent, accountId: string): Scope {
  const parameters = [accountId];
  if (entity === PolicyEntity) return { sql: "account_id = $1", parameters };
  if (entity === PolicyVersionEntity) return { sql: "split_part(policy_id, ':', 3) = $1", parameters };
  const ofSources = ownSources(accountId, "source_key");
  if (entity === PolicyClaimEntity) return ofSources;
  if (entity !== FindingEntity) return scope;
  return { sql: `${ofSources.sql} AND NOT starts_with(place, '${SHARED}')`, parameters };
}

/** Claims are not own: they are chosen among with everyone's. */
export const isClaim = ({ entity }: TableContent) => entity === PolicyClaimEntity;

function batchWithoutFacts(id: string): AccountBatch {
  const nobody = { users: [], groups: [], memberships: [], roles: [], policies: [], attachments: [] };
  return {
    kind: "account",
    source: { key: "", kind: "ACCOUNT_EXPORT", title: "", sha256: "" },
    facts: { account: { id }, ...nobody, ...NO_DIRECTORY, ...NO_RESOURCES },
    findings: [],
    gaps: [],
  };
}
