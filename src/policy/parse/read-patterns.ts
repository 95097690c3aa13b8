import { type ActionPattern, readActionPattern } from "../action-pattern.js";
import { type ResourcePattern, type ResourcePatternRemark, readResourcePattern } from "../arn.js";
import type { Note, Notes } from "./notes.js";
import { type PlacedString, pointerTo } from "./read-strings.js";

/** Reads the texts of `Action` or `NotAction`; blanks at the ends are removed, other blemishes are only reported. */
export function readActionPatterns(strings: readonly PlacedString[], notes: Notes): readonly ActionPattern[] {
  return strings.map((string) => {
    const text = trimReported(string, "action", notes);
    if (text !== "*" && !text.includes(":")) {
      notes.add({
        code: "ACTION_WITHOUT_SERVICE",
        severity: "WARNING",
        message: `action \`${text}\` has no service before a colon`,
        pointer: pointerTo(string),
        at: string.at,
      });
    } else if (/\s/.test(text)) {
      notes.add({
        code: "BLANK_IN_ACTION",
        severity: "ERROR",
        message: `a blank stands inside action \`${text}\``,
        pointer: pointerTo(string),
        at: string.at,
      });
    }
    return readActionPattern(text);
  });
}

/** Reads the texts of `Resource` or `NotResource`. */
export function readResourcePatterns(strings: readonly PlacedString[], notes: Notes): readonly ResourcePattern[] {
  return strings.map((string) => {
    const text = trimReported(string, "resource", notes);
    const { pattern, remark } = readResourcePattern(text);
    if (remark !== undefined) notes.add({ ...REMARKS[remark](text), pointer: pointerTo(string), at: string.at });
    return pattern;
  });
}

const REMARKS: Readonly<Record<ResourcePatternRemark, (text: string) => Pick<Note, "code" | "severity" | "message">>> =
  {
    EMPTY_ACCOUNT: (text) => ({
      code: "EMPTY_ACCOUNT",
      severity: "WARNING",
      message: `resource \`${text}\` has an empty account, read as \`*\``,
    }),
    EMPTY_SERVICE: (text) => ({
      code: "EMPTY_SERVICE",
      severity: "WARNING",
      message: `resource \`${text}\` names no service, so it covers nothing`,
    }),
    ACCOUNT_NOT_AN_ID: (text) => ({
      code: "ACCOUNT_NOT_AN_ID",
      severity: "WARNING",
      message: `resource \`${text}\` has no account id for its account, so it covers nothing`,
    }),
    FOUR_SEGMENTS: (text) => ({
      code: "FOUR_SEGMENTS",
      severity: "WARNING",
      message: `resource \`${text}\` has four segments, read with \`*\` for the fifth`,
    }),
    NOT_AN_ARN: (text) => ({
      code: "RESOURCE_NOT_AN_ARN",
      severity: "WARNING",
      message: `resource \`${text}\` is not of the form acs:service:region:account:id and is compared as a whole`,
    }),
  };

function trimReported(string: PlacedString, noun: string, notes: Notes): string {
  const text = string.text.trim();
  if (text !== string.text) {
    notes.add({
      code: `${noun.toUpperCase()}_HAS_BLANKS`,
      severity: "WARNING",
      message: `blanks around ${noun} \`${string.text}\` are left out`,
      pointer: pointerTo(string),
      at: string.at,
      suggestion: text,
    });
  }
  return text;
}
