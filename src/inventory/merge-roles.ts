import type { CatalogBatch, ServiceLinkedRoleFact } from "./batch.js";
import { CATALOG_ACCOUNT, roleKey } from "./keys.js";
import { documentMeaning } from "./merge-policies.js";
import type { Role } from "./principal.js";
import { type Settled, settleFields } from "./settle.js";
import { type Stated, statedBy } from "./stated.js";

/** A role's statement together with what its page is about, which tells the service that owns the role. */
export interface LinkedRole extends ServiceLinkedRoleFact {
  readonly product?: string;
}

/** Every service-linked role once, its fields from the strongest page that states each. */
export function mergeRoles(batches: readonly CatalogBatch[]): Settled<LinkedRole> {
  return settleFields(statedBy(batches, withProduct), {
    keyOf: ({ name }) => roleKey(CATALOG_ACCOUNT, name),
    nameOf: ({ name }) => `role \`${name}\``,
    meaningOf: ({ product: _product, originalText: _original, document, creationPolicy, ...role }) => ({
      ...role,
      document: documentMeaning(document),
      creationPolicy: documentMeaning(creationPolicy),
    }),
    isEvidence: ({ document }) => document !== undefined,
  });
}

function withProduct({ product, roles }: CatalogBatch["facts"]): readonly LinkedRole[] {
  return roles.map((role) => (product === undefined ? role : { ...role, product }));
}

/** The catalog's role: whichever account has the role, only the service itself may assume it. */
export function toRole({ source, fact: { name, serviceName } }: Stated<LinkedRole>): Role {
  return {
    accountId: CATALOG_ACCOUNT,
    name,
    ...(serviceName === undefined ? {} : { serviceName, trustPolicy: trustOfService(serviceName) }),
    sourceKey: source.key,
  };
}

/** The trust policy of every service-linked role: only its service assumes it. */
export function trustOfService(serviceName: string): string {
  const statement = { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: [serviceName] } };
  return JSON.stringify({ Statement: [statement], Version: "1" });
}

/** What a RAM user must be allowed so that the cloud creates the role for them, for pages that print no such document. */
export function buildCreationPolicy(serviceName: string): string {
  const Condition = { StringEquals: { "ram:ServiceName": serviceName } };
  const statement = { Action: ["ram:CreateServiceLinkedRole"], Resource: "*", Effect: "Allow", Condition };
  return JSON.stringify({ Statement: [statement], Version: "1" });
}
