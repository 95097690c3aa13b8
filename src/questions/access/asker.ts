import type { CompiledPrincipal } from "../../grants/compiled-principal.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { isServiceLinked as isLinked } from "../../inventory/is-service-linked.js";
import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
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

/** A user or role with the statements that reach it, which are looked up when they are read. A role of the catalog has no account, so no policy can name it. */
export function askerOf(
  { users, roles, ramIds }: Snapshot,
  principal: CompiledPrincipal,
  reaching: () => readonly Grant[],
): KnownAsker {
  const { key, kind, accountId, name } = principal;
  const ramId = kind === "USER" ? users.get(key)?.userId : roles.get(key)?.roleId;
  const caller: Caller = {
    kind,
    name,
    ...(accountId === CATALOG_ACCOUNT ? {} : { accountId }),
    ...(ramId === undefined ? { takenIds: ramIds } : { ramId }),
  };
  return new LateAsker(caller, principal, reaching);
}

/** To spread it leaves the statements behind. */
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
