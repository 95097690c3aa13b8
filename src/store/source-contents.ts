import type { Batch } from "../inventory/batch.js";
import type { Key } from "../inventory/keys.js";
import type { Gap, SourceFinding } from "../inventory/source.js";
import { FindingEntity, GapEntity } from "./entities/finding.entity.js";
import type { Row } from "./entities/row.js";
import type { SourceEntity } from "./entities/source.entity.js";

/** Marks the place of a finding about a policy that several sources state; the policy's key follows. */
export const SHARED = "shared:";

export function sourceRow({ source, ...batch }: Batch): Row<SourceEntity> {
  return {
    key: source.key,
    kind: source.kind,
    title: source.title,
    uri: source.uri ?? null,
    sha256: source.sha256,
    pageSha256: source.pageSha256 ?? null,
    updatedAt: source.updatedAt ?? null,
    importedAt: new Date().toISOString(),
    accountId: batch.kind === "account" ? batch.facts.account.id : null,
  };
}

/** Findings in the order in which their source gave them. */
export function findingRows(findings: readonly SourceFinding[]): readonly Row<FindingEntity>[] {
  const counts = new Map<Key, number>();
  return findings.map((finding) => {
    const count = counts.get(finding.sourceKey) ?? 0;
    counts.set(finding.sourceKey, count + 1);
    return findingRow(finding, String(count).padStart(6, "0"));
  });
}

/** Findings about policies that several sources state, one for each source and policy. */
export function sharedFindingRows(findings: readonly SourceFinding[]): readonly Row<FindingEntity>[] {
  return findings.map((finding) => findingRow(finding, `${SHARED}${finding.subject}`));
}

function findingRow(finding: SourceFinding, place: string): Row<FindingEntity> {
  return {
    sourceKey: finding.sourceKey,
    place,
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    pointer: finding.pointer ?? null,
    line: finding.line ?? null,
    column: finding.column ?? null,
    suggestion: finding.suggestion ?? null,
    subject: finding.subject ?? null,
  };
}

export function gapRows(sourceKey: Key, gaps: readonly Gap[]): readonly Row<GapEntity>[] {
  return gaps.map((gap, position) => ({
    sourceKey,
    position,
    reason: gap.reason,
    subject: gap.subject,
    detail: gap.detail,
    accountId: gap.accountId ?? null,
  }));
}
