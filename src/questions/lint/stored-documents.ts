import type { CatalogIndex } from "../../grants/catalog-index.js";
import type { CompiledPolicy } from "../../grants/compiled-policy.js";
import type { Snapshot } from "../../grants/snapshot.js";
import type { Key } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import type { Finding } from "../../policy/finding.js";
import { lintInSteps } from "./lint-document.js";

/** A finding with the fact that it is about. */
export interface SubjectFinding {
  readonly finding: Finding;
  readonly subject: Key;
}

/** Yields before each rule, as a document may be long and there may be many. */
type Linting = Generator<undefined, readonly Finding[], undefined>;

type Known = WeakMap<CompiledPolicy | Role, readonly Finding[]>;

/** Documents never change, so one that many principals carry is looked at once. */
const KNOWN = new WeakMap<CatalogIndex, Known>();

/** What is wrong or noteworthy in the document of a policy; none where only its name is known. */
export function* lintPolicy({ catalog }: Snapshot, compiled: CompiledPolicy): Linting {
  const { policy, document, findings, defaultVersion } = compiled;
  const text = defaultVersion?.documentText;
  if (text === undefined) return findings;
  const isProvided = policy.type === "SYSTEM" || policy.type === "SERVICE_LINKED";
  return yield* remembered(catalog, compiled, () => lintInSteps(catalog, text, document.type, isProvided));
}

/** What is wrong or noteworthy in a role's trust policy; none where it is not known. */
function* lintTrust({ catalog }: Snapshot, role: Role): Linting {
  const { trustPolicy, serviceName } = role;
  if (trustPolicy === undefined) return [];
  return yield* remembered(catalog, role, () => lintInSteps(catalog, trustPolicy, "TRUST", serviceName !== undefined));
}

/** The same of the policy or role with that key. */
function* lintSubject(snapshot: Snapshot, subject: Key): Linting {
  const [compiled, role] = [snapshot.policies.get(subject), snapshot.roles.get(subject)];
  if (compiled !== undefined) return yield* lintPolicy(snapshot, compiled);
  return role === undefined ? [] : yield* lintTrust(snapshot, role);
}

/** The same of several, in their order, each with what it is about. */
export function* lintSubjects(
  snapshot: Snapshot,
  subjects: Iterable<Key>,
): Generator<undefined, readonly SubjectFinding[], undefined> {
  const found: SubjectFinding[] = [];
  for (const subject of subjects) {
    const findings = yield* lintSubject(snapshot, subject);
    found.push(...findings.map((finding) => ({ finding, subject })));
  }
  return found;
}

function* remembered(catalog: CatalogIndex, document: CompiledPolicy | Role, lint: () => Linting): Linting {
  const known: Known = KNOWN.get(catalog) ?? new WeakMap();
  KNOWN.set(catalog, known);
  const findings = known.get(document) ?? (yield* lint());
  known.set(document, findings);
  return findings;
}
