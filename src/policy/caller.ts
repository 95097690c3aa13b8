import { asciiLower } from "./ascii.js";
import type { PrincipalPattern } from "./principal-pattern.js";

/**
 * Who makes a request, as resource-based policies name them: a user or role (also one of an account that was never
 * imported), a whole account, a cloud service, an identity provider, or anyone at all.
 */
export interface Caller {
  readonly kind: "USER" | "ROLE" | "ACCOUNT" | "SERVICE" | "SAML_PROVIDER" | "OIDC_PROVIDER" | "ANYONE";
  /** Digits; absent for services and for anyone. */
  readonly accountId?: string | undefined;
  /** Name of a user, role or provider. */
  readonly name?: string;
  /** RAM's own id of a user or role, which bucket policies name; absent when it is not known. */
  readonly ramId?: string | undefined;
  /** Ids that are known to be somebody's; where the caller's own is not known, these are not it. */
  readonly takenIds?: Pick<ReadonlySet<string>, "has">;
  /** Service principal, e.g. `ecs.aliyuncs.com`. */
  readonly serviceName?: string;
}

/** What `acs:PrincipalArn` says of a user or role, in lower case. The account of a catalog role is not known, nor then its ARN. */
export function callerArn({ kind, accountId, name }: Caller): string | undefined {
  if (accountId === undefined || name === undefined || (kind !== "USER" && kind !== "ROLE")) return undefined;
  return `acs:ram::${accountId}:${asciiLower(kind)}/${asciiLower(name)}`;
}

/**
 * Does a `Principal` element name the caller? Undefined when it cannot be told: a bare id where the caller's own is not
 * known, or a form that nobody documents.
 *
 * Trusting `…:root` means every user and role of that account.
 * Source: RAM, "Edit the trust policy of a RAM role"; OSS, bucket policy examples.
 */
export function namesCaller(pattern: PrincipalPattern, caller: Caller): boolean | undefined {
  if (pattern.text === "*") return pattern.kind === "RAM" ? true : undefined;
  if (pattern.kind === "SERVICE") {
    return caller.kind === "SERVICE" && asciiLower(caller.serviceName ?? "") === asciiLower(pattern.text);
  }
  const named = readPrincipalName(pattern.text);
  if (named === undefined) return isIdentity(caller) ? undefined : false;
  if (named.kind === "BARE_ID") return namesById(named.id, caller);
  if (named.accountId !== caller.accountId) return false;
  if (named.kind === "ACCOUNT") return caller.kind === "ACCOUNT" || isIdentity(caller);
  return named.kind === caller.kind && asciiLower(named.name) === asciiLower(caller.name ?? "");
}

function isIdentity({ kind }: Caller): boolean {
  return kind === "USER" || kind === "ROLE";
}

function namesById(id: string, caller: Caller): boolean | undefined {
  if (caller.kind === "ACCOUNT") return caller.accountId === id;
  if (!isIdentity(caller)) return false;
  if (caller.ramId === undefined) return caller.takenIds?.has(id) ? false : undefined;
  return caller.ramId === id;
}

/** Whom a text of a `Principal` element names. */
export type PrincipalName =
  | { readonly kind: "BARE_ID"; readonly id: string }
  | { readonly kind: "ACCOUNT"; readonly accountId: string }
  | {
      readonly kind: "USER" | "ROLE" | "SAML_PROVIDER" | "OIDC_PROVIDER";
      readonly accountId: string;
      readonly name: string;
    };

const NAMED_KINDS = {
  user: "USER",
  role: "ROLE",
  "saml-provider": "SAML_PROVIDER",
  "oidc-provider": "OIDC_PROVIDER",
} as const;

/** Reads `acs:ram::<account>:root`, `…:user/x`, `…:role/x`, `…:saml-provider/x`, or a bare id. Wildcards are not read. */
export function readPrincipalName(text: string): PrincipalName | undefined {
  if (/^\d+$/.test(text)) return { kind: "BARE_ID", id: text };
  const session = /^arn:sts::(\d+):assumed-role\/([^/*?]+)\/\*$/.exec(text);
  if (session !== null) return { kind: "ROLE", accountId: session[1] ?? "", name: session[2] ?? "" };
  const found = /^acs:ram::(\d+):(?:(root)|(user|role|saml-provider|oidc-provider)\/([^*?]+))$/i.exec(text);
  if (found === null) return undefined;
  const [, accountId = "", root, kind = "", name = ""] = found;
  if (root !== undefined) return { kind: "ACCOUNT", accountId };
  const word = asciiLower(kind);
  return isNamedKind(word) ? { kind: NAMED_KINDS[word], accountId, name } : undefined;
}

function isNamedKind(word: string): word is keyof typeof NAMED_KINDS {
  return Object.hasOwn(NAMED_KINDS, word);
}
