import type { PolicyDocumentType } from "../../policy/document.js";
import type { FindingKind, LintExample } from "./lint-rule.js";

type Row = readonly [
  code: string,
  why: string,
  mend: string,
  example: LintExample["document"],
  type?: PolicyDocumentType,
];

const ALLOW = { Effect: "Allow", Action: "oss:GetObject", Resource: "*" };
const whole = (statement: string) => `{"Version":"1","Statement":${statement}}`;

/** What keeps a document, or a part of it, from being read. RAM refuses most of it; what is left open is never taken for a no. */
const UNREADABLE: readonly Row[] = [
  [
    "NOT_JSON",
    "Nothing of the document can be read.",
    "Mend the JSON at the place given.",
    '{"Version":"1","Statement":[',
  ],
  [
    "DUPLICATE_KEY",
    "Readers of JSON differ in which of two equal keys counts, so neither is taken.",
    "Keep one of the two.",
    '{"Version":"1","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"oss:*","Resource":"*"}]}',
  ],
  [
    "LONE_SURROGATE",
    "Half of a character is no text and would be lost on the way.",
    "Write the whole character.",
    whole('[{"Effect":"Allow","Action":"oss:\\ud800","Resource":"*"}]'),
  ],
  [
    "NUL_CHARACTER",
    "Databases and most programs end a text there.",
    "Remove the character.",
    whole('[{"Effect":"Allow","Action":"oss:\\u0000","Resource":"*"}]'),
  ],
  ["DOCUMENT_NOT_AN_OBJECT", "A policy is a JSON object with `Version` and `Statement`.", "Wrap the statements.", "[]"],
  ["MISSING_VERSION", "RAM refuses a policy without a version.", 'Add `"Version": "1"`.', '{"Statement":[]}'],
  [
    "UNKNOWN_VERSION",
    "There is only version `1`, and it is a string.",
    'Write `"1"`.',
    '{"Version":"2016-10-17","Statement":[]}',
  ],
  ["MISSING_STATEMENT", "Without statements a policy says nothing.", "Add `Statement` with a list.", '{"Version":"1"}'],
  ["NO_STATEMENT", "RAM refuses an empty list.", "Add a statement.", []],
  [
    "STATEMENT_NOT_AN_OBJECT",
    "A statement is an object with `Effect`, `Action` and `Resource`.",
    "Write the statement out.",
    whole('["Allow"]'),
  ],
  [
    "UNREADABLE_EFFECT",
    "`Effect` is `Allow` or `Deny`, exactly so; anything else may mean either.",
    "Write one of the two.",
    [{ ...ALLOW, Effect: "allow" }],
  ],
  [
    "MISSING_ELEMENT",
    "Without it the statement may mean anything.",
    "Add the element.",
    [{ Effect: "Allow", Resource: "*" }],
  ],
  [
    "CONFLICTING_ELEMENTS",
    "A statement lists what it covers or what it does not, never both.",
    "Split it in two.",
    [{ ...ALLOW, NotAction: "ecs:*" }],
  ],
  [
    "EMPTY_ELEMENT",
    "An empty list covers nothing, and RAM refuses it.",
    "List something, or remove the statement.",
    [{ ...ALLOW, Action: [] }],
  ],
  [
    "NOT_A_STRING",
    "Every value in a policy is a string, numbers and booleans too.",
    "Put it in quotes.",
    [{ ...ALLOW, Action: 1 }],
  ],
  [
    "UNKNOWN_ELEMENT",
    "Element names are exact. One that is passed over may have been a condition, and the grant would be wider than was meant.",
    "Write the element as the grammar has it.",
    [{ ...ALLOW, condition: {} }],
  ],
  [
    "PRINCIPAL_NOT_ALLOWED",
    "Identity, control and session policies mean whom they are attached to; `Principal` belongs to trust and bucket policies.",
    "Remove it, or check the document as what it is.",
    [{ ...ALLOW, Principal: "*" }],
  ],
  [
    "UNKNOWN_PRINCIPAL_KIND",
    "A principal is of the kind `RAM`, `Service` or `Federated`.",
    "Use one of these.",
    [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }],
    "TRUST",
  ],
  [
    "CONDITION_NOT_AN_OBJECT",
    "A condition is an object of operators, each an object of keys.",
    "Write operator, key and values.",
    [{ ...ALLOW, Condition: [] }],
  ],
  [
    "UNKNOWN_OPERATOR",
    "What an unknown operator tests is not known, so the statement stays open.",
    "Use an operator of the documentation; names are exact.",
    [{ ...ALLOW, Condition: { StringEqual: { "acs:SourceVpc": "vpc-1" } } }],
  ],
  [
    "QUALIFIER_NOT_SUPPORTED",
    "`ForAllValues` and `ForAnyValue` are known for string operators only.",
    "Use the operator without the prefix.",
    [{ ...ALLOW, Condition: { "ForAnyValue:Bool": { "acs:MFAPresent": "true" } } }],
  ],
  [
    "UNREADABLE_VALUE",
    "The operator cannot read the value, so what it tests is not known.",
    "Write a number, an instant with its offset, `true` or `false`, or an address.",
    [{ ...ALLOW, Condition: { IpAddress: { "acs:SourceIp": "10.0.0.x" } } }],
  ],
  [
    "BLANK_IN_ACTION",
    "An action with a blank inside names nothing.",
    "Remove the blank.",
    [{ ...ALLOW, Action: "ecs: CreateInstance" }],
  ],
];

/** What can be read and was hardly meant so. */
const DOUBTFUL: readonly Row[] = [
  [
    "STATEMENT_NOT_A_LIST",
    "`Statement` is a list in every published grammar; a single object is read as a list of one, anything else not at all.",
    "Put it in brackets.",
    whole('{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}'),
  ],
  [
    "IGNORED_ELEMENT",
    "RAM knows no `Sid` and no `Id`; they alter nothing.",
    "Leave them out.",
    [{ ...ALLOW, Sid: "read" }],
  ],
  [
    "UNDOCUMENTED_ELEMENT",
    "No page documents it, though official policies use it. It is read as they mean it.",
    "Prefer what is documented.",
    [{ Effect: "Allow", Action: "oss:GetObject", NotResource: "acs:oss:*:*:secret/*" }],
  ],
  [
    "VARIABLE_IS_LITERAL",
    "RAM knows no variables; what looks like one is compared as it stands.",
    "Write the value; fill in templates before checking them.",
    [{ ...ALLOW, Resource: "acs:oss:*:*:home/$\u007buser}/*" }],
  ],
  [
    "ACTION_WITHOUT_SERVICE",
    "An action is `service:Name`; without a colon it names none.",
    "Write the service before a colon.",
    [{ ...ALLOW, Action: "GetObject" }],
  ],
  [
    "ACTION_HAS_BLANKS",
    "Blanks around an action are left out here; RAM may take them for part of the name.",
    "Remove them.",
    [{ ...ALLOW, Action: "oss:GetObject " }],
  ],
  [
    "RESOURCE_HAS_BLANKS",
    "Blanks around a resource are left out here; RAM may take them for part of the name.",
    "Remove them.",
    [{ ...ALLOW, Resource: "acs:oss:*:*:docs/* " }],
  ],
  [
    "EMPTY_ACCOUNT",
    "An empty account is read as `*`.",
    "Write `*` or the account's id.",
    [{ ...ALLOW, Resource: "acs:oss:*::docs/*" }],
  ],
  [
    "EMPTY_SERVICE",
    "A resource of no service covers nothing.",
    "Write the service's code.",
    [{ ...ALLOW, Resource: "acs::*:*:docs/*" }],
  ],
  [
    "ACCOUNT_NOT_AN_ID",
    "The fourth part is an account's digits or `*`; a name or a placeholder covers nothing.",
    "Write the account's id, or `*`.",
    [{ ...ALLOW, Resource: "acs:oss:*:<account>:docs/*" }],
  ],
  [
    "FOUR_SEGMENTS",
    "A resource has five parts; the missing last one is read as `*`, which is wider than most mean.",
    "Write all five parts.",
    [{ ...ALLOW, Resource: "acs:oss:*:docs" }],
  ],
  [
    "RESOURCE_NOT_AN_ARN",
    "What is neither `*` nor of five parts is compared as a whole text, which hardly any resource equals.",
    "Write acs:service:region:account:id.",
    [{ ...ALLOW, Resource: "docs/*" }],
  ],
  [
    "EMPTY_VALUES",
    "A test without values never passes, a negated one always does.",
    "Give it values.",
    [{ ...ALLOW, Condition: { StringEquals: { "acs:SourceVpc": [] } } }],
  ],
];

/** The findings of reading a document, before any rule looks at what it says. */
export const READING_FINDINGS: readonly FindingKind[] = [
  ...UNREADABLE.map((row) => kindOf(row, "ERROR")),
  ...DOUBTFUL.map((row) => kindOf(row, "WARNING")),
];

function kindOf([code, why, mend, document, type]: Row, severity: FindingKind["severity"]): FindingKind {
  return { code, severity, why, mend, example: { document, ...(type !== undefined && { type }) } };
}
