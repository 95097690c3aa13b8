import type { Snapshot } from "../../grants/snapshot.js";
import type { Finding } from "../../policy/finding.js";
import { grantsIn } from "./grants-in.js";
import type { JudgedPoint } from "./judge-access.js";

/**
 * What was found in the documents that the question supposes, where they were weighed: nobody has seen these documents
 * before, so the answer is the first to tell. Findings inside of statements that say nothing about the action are left out.
 */
export function supposedWarnings(snapshot: Snapshot, points: readonly JudgedPoint[]): readonly Finding[] {
  const { documents } = snapshot.hypothesis ?? {};
  if (documents === undefined || documents.size === 0) return [];
  const weighed = new Map<string, Set<string>>();
  for (const { policy, statement } of points.flatMap(({ layers }) => grantsIn(layers))) {
    if (documents.has(policy)) weighed.set(policy, (weighed.get(policy) ?? new Set()).add(statement.pointer));
  }
  return [...weighed].flatMap(([key, pointers]) =>
    (documents.get(key) ?? [])
      .filter(({ pointer = "" }) => isWithin(pointer, pointers))
      .map((finding) => ({
        ...finding,
        message: `in what is supposed of ${nameOf(snapshot, key)}: ${finding.message}`,
      })),
  );
}

/** A finding about the document as a whole, or one inside of a statement that was weighed. */
function isWithin(pointer: string, statements: ReadonlySet<string>): boolean {
  const [statement] = /^\/Statement\/\d+/.exec(pointer) ?? [];
  return statement === undefined || statements.has(statement) || statements.has("");
}

function nameOf({ policies, roles }: Snapshot, key: string): string {
  const policy = policies.get(key)?.policy;
  return policy === undefined ? `the trust policy of \`${roles.get(key)?.name ?? key}\`` : `policy \`${policy.name}\``;
}
