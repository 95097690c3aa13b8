import type { CheckedDocument } from "../../src/app/found-document.js";
import { groupBy } from "../../src/grants/group-by.js";

/** How many documents are clean, have remarks or have errors, and how many findings there are of each code. */
export interface FindingCounts {
  readonly documents: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly findings: Readonly<Record<string, number>>;
}

export function countFindings(documents: readonly CheckedDocument[]): FindingCounts {
  return {
    documents: documents.length,
    outcomes: countsOf(groupBy(documents, outcomeOf)),
    findings: countsOf(groupBy(findingsOf(documents), codeOf)),
  };
}

/** Each code with its count and some of its findings, spread evenly over all of them. */
export function describeFindings(documents: readonly CheckedDocument[], examples: number): string[] {
  return byKey(groupBy(findingsOf(documents), codeOf)).flatMap(([key, members]) => {
    const step = Math.max(1, Math.floor(members.length / examples));
    const shown = members.filter((_, index) => index % step === 0).slice(0, examples);
    return ["", `${key}: ${members.length}`, ...shown.map(describe)];
  });
}

function outcomeOf({ findings }: CheckedDocument): string {
  if (findings.some(({ severity }) => severity === "ERROR")) return "errors";
  return findings.length > 0 ? "remarks" : "clean";
}

type PlacedFinding = Omit<CheckedDocument, "findings"> & CheckedDocument["findings"][number];

export function findingsOf(documents: readonly CheckedDocument[]): PlacedFinding[] {
  return documents.flatMap(({ findings, ...place }) => findings.map((finding) => ({ ...finding, ...place })));
}

const codeOf = ({ severity, code }: PlacedFinding): string => `${severity} ${code}`;

function describe({ file, line, name, message }: PlacedFinding): string {
  return `  ${file}${line === undefined ? "" : `:${line}`}${name === undefined ? "" : ` (${name})`} ${message}`;
}

const byKey = <T>(groups: ReadonlyMap<string, T>): [string, T][] =>
  [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));

function countsOf(groups: ReadonlyMap<string, readonly unknown[]>): Record<string, number> {
  return Object.fromEntries(byKey(groups).map(([key, members]) => [key, members.length]));
}
