import { joinNotes, type Notes } from "./notes.js";

/** How many findings of one code are told one by one. */
const NOTES_LIMIT = 1000;

export interface BoundNotes {
  /** Notes what `describe` gives, or counts it where that many were noted under the code. */
  readonly add: (code: string, describe: () => Notes) => void;
  readonly finish: () => Notes;
}

/** Gathers notes about rows, of which a broken export has as many as rows; the rest of a kind adds up to one. */
export function boundNotes(accountId: string): BoundNotes {
  const notes: Notes[] = [];
  const counts = new Map<string, number>();
  return {
    add(code, describe) {
      const count = counts.get(code) ?? 0;
      counts.set(code, count + 1);
      if (count < NOTES_LIMIT) notes.push(describe());
    },
    finish() {
      const rest = [...counts].filter(([, count]) => count > NOTES_LIMIT);
      return joinNotes([...notes, ...rest.map(([code, count]) => noteRest(code, count - NOTES_LIMIT, accountId))]);
    },
  };
}

function noteRest(code: string, count: number, accountId: string): Notes {
  const message = `${count} more attachments are like those with the finding \`${code}\``;
  return {
    findings: [{ code, severity: "WARNING", message }],
    gaps: [{ reason: "ACCOUNT_NOT_IMPORTED", subject: accountId, detail: message }],
  };
}
