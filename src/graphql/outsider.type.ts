import { Field, ObjectType } from "type-graphql";
import type { Snapshot } from "../grants/snapshot.js";
import type { Key } from "../inventory/keys.js";
import type { Caller } from "../policy/caller.js";
import { enumType } from "./enum-type.js";
import { NodeType } from "./node.type.js";

export type ExternalPrincipalKind = "ACCOUNT" | "SAML_PROVIDER" | "OIDC_PROVIDER" | "USER" | "ROLE" | "ANYONE";

const ExternalPrincipalKindEnum = enumType<ExternalPrincipalKind>(
  "ExternalPrincipalKind",
  "What kind of outsider a policy names.",
  {
    ACCOUNT: "A whole account that was never imported.",
    SAML_PROVIDER: "An identity provider that signs in by SAML.",
    OIDC_PROVIDER: "An identity provider that signs in by OpenID Connect.",
    USER: "A user of an account that was never imported.",
    ROLE: "A role of an account that was never imported.",
    ANYONE: "Everybody, also without an account.",
  },
);

/** Somebody outside who is no cloud service. */
export type External = Caller & { readonly kind: ExternalPrincipalKind };

export function isExternal(caller: Caller): caller is External {
  return caller.kind !== "SERVICE";
}

@ObjectType("ExternalPrincipal", {
  simpleResolvers: true,
  implements: NodeType,
  description:
    "Someone outside of the imported accounts whom a trust or bucket policy names: an account, an identity provider, or anyone.",
})
export class ExternalPrincipalType extends NodeType {
  constructor(
    snapshot: Snapshot,
    private readonly caller: External,
  ) {
    super(snapshot, outsiderKey(caller));
  }

  @Field(() => ExternalPrincipalKindEnum, { description: "What kind of outsider." })
  get kind(): ExternalPrincipalKind {
    return this.caller.kind;
  }

  @Field(() => String, { description: "The account's id, the ARN, or `*` for anyone." })
  get identifier(): string {
    return identifierOf(this.caller);
  }
}

@ObjectType("ServicePrincipal", {
  simpleResolvers: true,
  implements: NodeType,
  description: "A cloud service acting for itself: appears only as an answer to who may assume a role.",
})
export class ServicePrincipalType extends NodeType {
  @Field(() => String, { description: "Its service principal, e.g. `ecs.aliyuncs.com`." })
  readonly serviceName: string;

  constructor(snapshot: Snapshot, caller: Caller) {
    super(snapshot, outsiderKey(caller));
    this.serviceName = caller.serviceName ?? "";
  }
}

/** Keys of outsiders hold all there is to them. */
export function outsiderKey(caller: Caller): Key {
  const { kind, accountId = "", name = "", serviceName = "" } = caller;
  return kind === "SERVICE" ? `serviceprincipal:${serviceName}` : `external:${kind}:${accountId}:${name}`;
}

/** The outsider that a key names; undefined for keys that were not made here. */
export function outsiderOfKey(key: Key): Caller | undefined {
  const service = /^serviceprincipal:(.+)$/s.exec(key);
  if (service !== null) return { kind: "SERVICE", serviceName: service[1] ?? "" };
  const [, kind = "", accountId = "", name = ""] = /^external:([A-Z_]+):(\d*):(.*)$/s.exec(key) ?? [];
  if (!isExternalKind(kind)) return undefined;
  return {
    kind,
    ...(accountId === "" ? {} : { accountId }),
    ...(name === "" ? {} : { name }),
  };
}

function isExternalKind(kind: string): kind is ExternalPrincipalKind {
  return Object.hasOwn(ExternalPrincipalKindEnum, kind);
}

const PATHS: Partial<Readonly<Record<ExternalPrincipalKind, string>>> = {
  USER: "user",
  ROLE: "role",
  SAML_PROVIDER: "saml-provider",
  OIDC_PROVIDER: "oidc-provider",
};

function identifierOf({ kind, accountId, name }: External): string {
  if (kind === "ANYONE") return "*";
  const path = PATHS[kind];
  return path === undefined ? (accountId ?? "") : `acs:ram::${accountId ?? ""}:${path}/${name ?? ""}`;
}
