import { type Key, roleKey, userKey } from "../inventory/keys.js";
import type { Role, User } from "../inventory/principal.js";
import { principalArn } from "./arn-of.js";

/** Someone who acts: a user or a role. `reachesOf` gives what reaches them. */
export interface CompiledPrincipal {
  readonly key: Key;
  readonly kind: "USER" | "ROLE";
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
  /** Service principal of a service-linked role. */
  readonly serviceName?: string;
}

/** Hundreds of thousands are kept, so what follows from the rest is made when it is read. */
class PrincipalRecord implements CompiledPrincipal {
  /** No part of what the principal is: it differs between snapshots, and is checked by whoever relies on it. */
  #place: number | undefined;
  #arn: string | undefined;

  constructor(
    readonly key: Key,
    readonly kind: "USER" | "ROLE",
    readonly accountId: string,
    readonly name: string,
  ) {}

  /** Kept once it is read: who is shown once is shown again, and a text that is new each time is put together each time it is read. */
  get arn(): string {
    this.#arn ??= principalArn(this.kind === "USER" ? "user" : "role", this.accountId, this.name);
    return this.#arn;
  }

  static placeOf(principal: CompiledPrincipal): number | undefined {
    return #place in principal ? principal.#place : undefined;
  }

  static seat(principal: CompiledPrincipal, place: number): void {
    if (#place in principal) principal.#place = place;
  }
}

class LinkedRoleRecord extends PrincipalRecord {
  constructor(
    key: Key,
    accountId: string,
    name: string,
    readonly serviceName: string,
  ) {
    super(key, "ROLE", accountId, name);
  }
}

/** Writes down where a principal stands in the list that it is compiled into. */
export function seat(principal: CompiledPrincipal, place: number): void {
  PrincipalRecord.seat(principal, place);
}

/** Where it stood in that list; undefined for one who was never in any. In another list somebody else may stand there. */
export function placeAsCompiled(principal: CompiledPrincipal): number | undefined {
  return PrincipalRecord.placeOf(principal);
}

/** @param key the user's, where it is at hand */
export function compileUser({ accountId, name }: User, key: Key = userKey(accountId, name)): CompiledPrincipal {
  return new PrincipalRecord(key, "USER", accountId, name);
}

/** @param key the role's, where it is at hand */
export function compileRole(
  { accountId, name, serviceName }: Role,
  key: Key = roleKey(accountId, name),
): CompiledPrincipal {
  return serviceName === undefined
    ? new PrincipalRecord(key, "ROLE", accountId, name)
    : new LinkedRoleRecord(key, accountId, name, serviceName);
}

/** Negative when the first comes before the second in the order of ARNs: by account, roles before users, by name. */
export function compareArns(a: CompiledPrincipal, b: CompiledPrincipal): number {
  if (a.accountId !== b.accountId) return compareTexts(a.arn, b.arn);
  return compareTexts(a.kind, b.kind) || compareTexts(a.name, b.name);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
