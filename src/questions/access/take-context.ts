import { type Context, contextEntries, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import { foldContextKey } from "../../policy/conditions/context-key.js";
import { refuse, type Taken } from "./access-question.js";
import { type ContextEntryInput, type ContextInput, MAX_TEXT } from "./question-input.js";

/** Reads the circumstances. A key is given once, with values or as absent. */
export function takeContext(input: ContextInput | undefined, place: string): Taken<Context> {
  if (input?.entries === undefined && input?.mode === undefined) return NOTHING_GIVEN;
  const seen = new Set<string>();
  const read: [string, readonly string[] | "ABSENT"][] = [];
  for (const [index, entry] of (input?.entries ?? []).entries()) {
    const argument = `${place}.entries[${index}]`;
    const problem = problemWith(entry);
    if (problem !== undefined) return refuse(argument, problem);
    const folded = foldContextKey(entry.key);
    if (seen.has(folded)) return refuse(argument, `key \`${entry.key}\` is given twice; give its values in one entry`);
    seen.add(folded);
    read.push([entry.key, entry.absent === true ? "ABSENT" : (entry.values ?? [])]);
  }
  return { value: { mode: input?.mode ?? "OPEN", entries: contextEntries(read) } };
}

const NOTHING_GIVEN: Taken<Context> = { value: OPEN_CONTEXT };

function problemWith({ key, values, absent }: ContextEntryInput): string | undefined {
  if (key.trim() === "" || key.length > MAX_TEXT) return "give a condition key such as `acs:SourceIp`";
  const isGiven = (values ?? undefined) !== undefined;
  if (absent === true && isGiven) {
    return `key \`${key}\` cannot be absent and have values; give one of the two`;
  }
  if (absent !== true && !isGiven) return `give \`values\` for key \`${key}\`, or \`absent: true\``;
  if (values?.some((value) => value.length > MAX_TEXT)) return `a value is longer than ${MAX_TEXT} characters`;
  return undefined;
}
