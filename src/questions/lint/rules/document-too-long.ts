import type { PolicyDocumentType } from "../../../policy/document.js";
import type { LintRule } from "../lint-rule.js";

export const documentTooLong: LintRule = {
  code: "DOCUMENT_TOO_LONG",
  severity: "WARNING",
  why: "RAM refuses custom policies of more than 6,144 characters, control policies of more than 4,096 and session policies of more than 2,048. Bytes of the text as it stands are counted, blanks included, which is the safe side.",
  mend: "Remove blanks and what is redundant, use wildcards, or split the policy.",
  example: {
    type: "SESSION",
    document: [{ Effect: "Allow", Action: "oss:GetObject", Resource: `acs:oss:*:*:${"x".repeat(2048)}` }],
  },
  find: ({ text, type, isProvided }) => {
    const limit = LIMITS[type];
    const length = utf8Length(text);
    if (isProvided || limit === undefined || length <= limit) return [];
    return [{ message: `the document has ${length} bytes, ${NAMES[type]} may have ${limit} characters`, pointer: "" }];
  },
};

/** Nothing is published of trust policies; other resources' policies are not RAM's. */
const LIMITS: Partial<Readonly<Record<PolicyDocumentType, number>>> = { IDENTITY: 6144, CONTROL: 4096, SESSION: 2048 };
const NAMES: Partial<Readonly<Record<PolicyDocumentType, string>>> = {
  IDENTITY: "a custom policy",
  CONTROL: "a control policy",
  SESSION: "a session policy",
};

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
