/** Accounts and who acts or is grouped in them. */

export interface Account {
  /** Digits, kept as text: a 17-digit number would be rounded. */
  readonly id: string;
  readonly alias?: string;
  /** RFC 3339. */
  readonly importedAt?: string;
}

export interface User {
  readonly accountId: string;
  readonly name: string;
  /** RAM's own id. */
  readonly userId?: string;
}

/** Carries attachments, never acts. */
export interface Group {
  readonly accountId: string;
  readonly name: string;
}

export interface Membership {
  readonly accountId: string;
  readonly group: string;
  readonly user: string;
}

export interface Role {
  /** An account id, or `catalog` for a role as the documentation describes it. */
  readonly accountId: string;
  readonly name: string;
  readonly roleId?: string;
  readonly description?: string;
  /** Trust policy as JSON text, byte for byte. */
  readonly trustPolicy?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  /** Service principal when a cloud service owns the role. */
  readonly serviceName?: string;
  /** Key of the source that states the role; filled when read from the store. */
  readonly sourceKey?: string;
}
