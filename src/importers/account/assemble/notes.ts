import type { BatchFinding } from "../../../inventory/batch.js";
import type { Key } from "../../../inventory/keys.js";
import type { GapReason } from "../../../inventory/source.js";
import type { GapNote } from "../read-file.js";
import { describePlace, type Where } from "../refusal.js";

/** What a step of the assembly noticed beside its result. */
export interface Notes {
  readonly findings: readonly BatchFinding[];
  readonly gaps: readonly GapNote[];
}

/** A finding of severity WARNING; `problem` says what is wrong, the place follows. */
export function findingAt(where: Where, code: string, problem: string, subject?: Key): BatchFinding {
  const { line, column, pointer } = where;
  return {
    code,
    severity: "WARNING",
    message: `${problem} ${describePlace(where)}`,
    ...(pointer === undefined ? {} : { pointer }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/** Something that is named and that the export does not describe: it cannot be stored, and answers must say so. */
export function noteUnknown(
  where: Where,
  code: string,
  subject: string,
  problem: string,
  reason: GapReason = "ACCOUNT_NOT_IMPORTED",
): Notes {
  return {
    findings: [findingAt(where, code, problem)],
    gaps: [{ reason, subject, detail: `${problem} ${describePlace(where)}` }],
  };
}

export function joinNotes(notes: readonly Notes[]): Notes {
  return { findings: notes.flatMap(({ findings }) => findings), gaps: notes.flatMap(({ gaps }) => gaps) };
}
