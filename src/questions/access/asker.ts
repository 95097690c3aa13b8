import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked as isLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT, type Key } from "../../inventory/keys.js";
import type { Caller } from "../../policy/caller.js";
import type { Layers } from "../../policy/decide.js";
import type { Grant } from "../../policy/grant.js";

/** Who a question is about: a user or role that was imported, or somebody whom only a trust or bucket policy names. */
export interface Asker {
  readonly caller: Caller;
  /** Present for imported users and roles, and roles of the catalog. */
  readonly principal?: CompiledPrincipal;
  readonly identity: Layers["identity"];
}

/** Somebody imported, or a role of the catalog. */
export interface KnownAsker extends Asker {
  readonly principal: CompiledPrincipal;
}

/** A user or role with the statements that reach it, which are looked up when they are read. */
export function askerOf(
  snapshot: Snapshot,
  principal: CompiledPrincipal,
  reaching: () => readonly Grant[],
): KnownAsker {
  return new LateAsker(new KnownCaller(snapshot, principal), principal, reaching);
}

/** As the snapshot knows the caller, whose id is looked up when it is read: few statements name one. Not to be spread. */
class KnownCaller implements Caller {
  declare readonly kind: "USER" | "ROLE";
  declare readonly name: string;
  declare readonly accountId: string | undefined;
  declare private readonly snapshot: Snapshot;
  declare private readonly key: Key;

  /** A role of the catalog has no account, so no policy can name it. */
  constructor(snapshot: Snapshot, { key, kind, accountId, name }: CompiledPrincipal) {
    this.kind = kind;
    this.name = name;
    this.accountId = accountId === CATALOG_ACCOUNT ? undefined : accountId;
    this.snapshot = snapshot;
    this.key = key;
  }

  get ramId(): string | undefined {
    const { users, roles } = this.snapshot;
    return this.kind === "USER" ? users.get(this.key)?.userId : roles.get(this.key)?.roleId;
  }

  get takenIds(): Snapshot["ramIds"] {
    return this.snapshot.ramIds;
  }
}

/** To spread it leaves the statements behind: `withIdentity` takes them along. */
class LateAsker implements KnownAsker {
  declare readonly caller: Caller;
  declare readonly principal: CompiledPrincipal;
  declare private readonly reaching: () => readonly Grant[];
  declare private found: readonly Grant[] | undefined;

  constructor(caller: Caller, principal: CompiledPrincipal, reaching: () => readonly Grant[]) {
    this.caller = caller;
    this.principal = principal;
    this.reaching = reaching;
    this.found = undefined;
  }

  get identity(): readonly Grant[] {
    this.found ??= this.reaching();
    return this.found;
  }
}

/** The same with other statements. */
export function withIdentity({ caller, principal }: Asker, identity: Asker["identity"]): Asker {
  return principal === undefined ? { caller, identity } : { caller, principal, identity };
}

/**
 * Somebody outside of the imported accounts. A service or an identity provider has no identity policies and needs none; what
 * another account grants its own is not known.
 */
export function outsider(caller: Caller): Asker {
  const isExempt = caller.kind === "SERVICE" || caller.kind === "SAML_PROVIDER" || caller.kind === "OIDC_PROVIDER";
  return { caller, identity: isExempt ? "EXEMPT" : "UNKNOWN" };
}

/** Service-linked roles act for their service: no control policy binds them and nobody else can assume them. */
export function isServiceLinked({ principal }: Asker): boolean {
  return principal !== undefined && isLinked(principal);
}
