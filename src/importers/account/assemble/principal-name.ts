import { asciiLower } from "../../../policy/ascii.js";
import type { PrincipalKind } from "../said.js";
import type { ExportedAccount } from "./find-account.js";

const PREFIXES: Readonly<Record<PrincipalKind, string>> = { user: "", group: "group.", role: "role." };

/**
 * The bare name in a login name, e.g. `alice@acme.onaliyun.com`, `devs@group.acme.onaliyun.com` or
 * `Backup@role.acme.onaliyunservice.com`; undefined when the domain is not the account's. An export that does not give
 * the default domain takes any domain of the right form: its attachments are of one account anyway.
 */
export function bareName(kind: PrincipalKind, loginName: string, exported: ExportedAccount): string | undefined {
  const at = loginName.lastIndexOf("@");
  if (at === -1) return loginName;
  const domain = asciiLower(loginName.slice(at + 1));
  const prefix = PREFIXES[kind];
  if (!domain.startsWith(prefix)) return undefined;
  return isOwnDomain(kind, domain.slice(prefix.length), exported) ? loginName.slice(0, at) : undefined;
}

function isOwnDomain(kind: PrincipalKind, domain: string, { account, domain: known }: ExportedAccount): boolean {
  if (known === undefined) return true;
  if (kind === "user" && domain === known) return true;
  const alias = stripSuffix(domain, kind === "role" ? ".onaliyunservice.com" : ".onaliyun.com");
  if (alias === undefined) return false;
  const knownAlias = stripSuffix(known, ".onaliyun.com");
  return alias === account.id || knownAlias === undefined || alias === knownAlias;
}

function stripSuffix(text: string, suffix: string): string | undefined {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : undefined;
}
