import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { isPrintableArn, splitArn } from "../policy/arn.js";

/** Longer texts are no ARN of any service; matching them would only cost time. */
const MAX_ARN_LENGTH = 2048;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Only the form is checked: whether the resource exists, and whose it is, is not known here. */
export const ArnScalar = textScalar({
  name: "ARN",
  description:
    "Alibaba Cloud Resource Name with five parts, `acs:<service>:<region>:<account>:<relative id>`; the relative id may hold " +
    "more colons. Only the form is checked; the account is digits, `*`, `system` or empty.",
  read: (text) => (isArn(text) ? text : undefined),
  // A name is given as an account states it, whatever stands in it: one must not keep a list of all others from being answered.
  give: (text) => (isArn(text) || splitArn(text) !== undefined ? text : undefined),
  mend: "write five parts divided by colons, the fourth an account's digits, `*` or empty, e.g. `acs:ecs:cn-hangzhou:1234567890123456:securitygroup/sg-1`",
});

/** Instants are texts all the way: a JavaScript date would cut Postgres' microseconds. */
export const DateTimeScalar = textScalar({
  name: "DateTime",
  description: "Instant in UTC as RFC 3339 writes it, e.g. `2026-03-11T08:30:00Z`.",
  read: readInstant,
  mend: "write it like `2026-03-11T08:30:00Z`",
});

export const UriScalar = textScalar({
  name: "URI",
  description: "Absolute address of a page.",
  read: (text) => (URL.canParse(text) ? text : undefined),
  mend: "write a whole address, e.g. `https://example.com/page`",
});

/** Documents are only ever given out; texts that hold documents are plain strings, so that no byte of them is lost. */
export const JsonScalar = new GraphQLScalarType({
  name: "JSON",
  description: "Any JSON value; here a policy document.",
  serialize: (value) => value,
});

function isArn(text: string): boolean {
  return text.length <= MAX_ARN_LENGTH && isPrintableArn(text);
}

interface TextScalar {
  readonly name: string;
  readonly description: string;
  /** The text in its one form; undefined when it is not of the scalar's form. */
  readonly read: (text: string) => string | undefined;
  /** The same of what an answer holds; left out, `read`. */
  readonly give?: (text: string) => string | undefined;
  readonly mend: string;
}

function textScalar({ name, description, read, give = read, mend }: TextScalar): GraphQLScalarType<string, string> {
  // A plain error: graphql-js then adds the place of the value, which it leaves out of errors of its own kind.
  const check = (value: unknown, isQuestion: boolean): string => {
    const text = typeof value === "string" ? (isQuestion ? read(value) : give(value)) : undefined;
    if (text !== undefined) return text;
    const shown = typeof value === "string" ? value.slice(0, 256) : JSON.stringify(value);
    throw new TypeError(`\`${shown}\` has not the form of ${name}${isQuestion ? `: ${mend}` : ""}`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => check(value, false),
    parseValue: (value) => check(value, true),
    parseLiteral: (node) => check(literalText(node), true),
  });
}

function literalText(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : `${node.kind}`;
}

function readInstant(text: string): string | undefined {
  const instant = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) return undefined;
  const inUtc = new Date(instant).toISOString();
  // Before the year 1 and after 9999 there is nothing to ask about, and 30 February is no day.
  if (!/^(?!0000)\d{4}-/.test(inUtc) || (text.endsWith("Z") && text.slice(0, 10) !== inUtc.slice(0, 10)))
    return undefined;
  return text.endsWith("Z") ? text : inUtc;
}
