import type { CatalogIndex } from "../../grants/catalog-index.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { Finding } from "../../policy/finding.js";
import { lintDocument } from "./lint-document.js";

type Known = WeakMap<CompiledPolicy | Role, readonly Finding[]>;

/** Documents never change, so one that many principals carry is looked at once. */
const KNOWN = new WeakMap<CatalogIndex, Known>();

/** What is wrong or noteworthy in the document of a policy; none where only its name is known. */
export function lintPolicy({ catalog }: Snapshot, compiled: CompiledPolicy): readonly Finding[] {
  const { policy, document, findings, defaultVersion } = compiled;
  const text = defaultVersion?.documentText;
  if (text === undefined) return findings;
  const isProvided = policy.type === "SYSTEM" || policy.type === "SERVICE_LINKED";
  return remembered(catalog, compiled, () => lintDocument(catalog, text, document.type, isProvided));
}

/** What is wrong or noteworthy in a role's trust policy; none where it is not known. */
export function lintTrust({ catalog }: Snapshot, role: Role): readonly Finding[] {
  const { trustPolicy, serviceName } = role;
  if (trustPolicy === undefined) return [];
  return remembered(catalog, role, () => lintDocument(catalog, trustPolicy, "TRUST", serviceName !== undefined));
}

/** The same of the policy or role with that key. */
export function lintSubject(snapshot: Snapshot, subject: Key): readonly Finding[] {
  const [compiled, role] = [snapshot.policies.get(subject), snapshot.roles.get(subject)];
  if (compiled !== undefined) return lintPolicy(snapshot, compiled);
  return role === undefined ? [] : lintTrust(snapshot, role);
}

function remembered(
  catalog: CatalogIndex,
  document: CompiledPolicy | Role,
  lint: () => readonly Finding[],
): readonly Finding[] {
  const known: Known = KNOWN.get(catalog) ?? new WeakMap();
  KNOWN.set(catalog, known);
  const findings = known.get(document) ?? lint();
  known.set(document, findings);
  return findings;
}
