/**
 * A second evaluator, written from docs/semantics.md and nothing else: JSON.parse, regular expressions, and all
 * completions of the context one by one. It shares no code with src and is slow on purpose.
 */
export interface OracleStatement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface OracleQuestion {
  /** ARN without the account's digits, e.g. `acs:ram::111:user/alice`. */
  readonly principalArn: string;
  readonly account: string;
  readonly action: string;
  /** Every resource of the question. */
  readonly resources: readonly string[];
  readonly joins: "EVERY" | "SOME";
  readonly given: Readonly<Record<string, readonly string[] | "ABSENT">>;
  readonly isClosed: boolean;
}

type Truth = true | false | "OPEN";
type Values = readonly string[] | "ABSENT";
type Completion = Readonly<Record<string, Values>>;

/** The verdict; `domains` lists the values of each key that tell the world's tests apart. */
export function oracleVerdict(
  documents: readonly (string | null)[],
  question: OracleQuestion,
  domains: Readonly<Record<string, readonly string[]>>,
): string {
  const statements = documents.flatMap(statementsOf).filter((each) => concerns(each, question));
  const points = distinct(question.resources.map((resource) => pointOf(resource, statements, question)));
  const results = completions(statements, question, domains).map((completion) => {
    const judged = points.map((point) => judge(point, completion));
    const [join, other] = question.joins === "SOME" ? [any, all] : [all, any];
    return { allowed: join(judged.map(({ allowed }) => allowed)), denied: other(judged.map(({ denied }) => denied)) };
  });
  const allowed = new Set(results.map((each) => each.allowed));
  if (allowed.has(true) && allowed.has(false)) return "CONDITIONAL";
  if (allowed.has("OPEN")) return "UNDETERMINED";
  if (allowed.has(true)) return "ALLOWED";
  return results.every(({ denied }) => denied === true) ? "EXPLICIT_DENY" : "IMPLICIT_DENY";
}

function statementsOf(document: string | null): readonly (OracleStatement | null)[] {
  return document === null ? [null] : (JSON.parse(document) as { Statement: OracleStatement[] }).Statement;
}

/** null stands for a statement of which nothing is known. */
function concerns(statement: OracleStatement | null, { action }: OracleQuestion): boolean {
  if (statement === null) return true;
  const { Action, NotAction } = statement;
  const matches = (patterns: string | readonly string[]) => list(patterns).some((each) => glob(each, action, true));
  return Action !== undefined ? matches(Action) : NotAction === undefined || !matches(NotAction);
}

/** What remains of the statements for one resource: effect and tests of those that cover it. */
interface Point {
  readonly isForeign: boolean;
  readonly statements: readonly { readonly effect: string; readonly tests: readonly Test[] }[];
}
interface Test {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  /** Set where the key is known without the asker. */
  readonly known?: readonly string[];
}

function pointOf(asked: string, statements: readonly (OracleStatement | null)[], question: OracleQuestion): Point {
  const parts = asked.split(":");
  if (parts[3] === "*" || parts[3] === "") parts[3] = question.account;
  const resource = asked === "*" ? "*" : parts.join(":");
  const known: Readonly<Record<string, readonly string[]>> = {
    resource: [resource],
    action: [question.action],
    "acs:principalarn": [question.principalArn.toLowerCase()],
  };
  return {
    isForeign: /^\d+$/.test(parts[3] ?? "") && parts[3] !== question.account,
    statements: statements
      .filter((each) => each === null || coversResource(each, resource))
      .map((each) => ({
        effect: each?.Effect ?? "?",
        tests: each === null ? [BROKEN] : testsOf(each, known, question),
      })),
  };
}

const BROKEN: Test = { key: "", operator: "broken", values: [] };

function coversResource({ Resource, NotResource }: OracleStatement, resource: string): boolean {
  if (Resource !== undefined) return list(Resource).some((pattern) => globArn(pattern, resource));
  return !list(NotResource ?? []).some((pattern) => globArn(pattern, resource));
}

function testsOf(
  { Condition = {} }: OracleStatement,
  known: Readonly<Record<string, readonly string[]>>,
  { given }: OracleQuestion,
) {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): Test => {
      const test = { key: key.toLowerCase(), operator, values: list(values) };
      const values_ = given[test.key] === undefined ? known[test.key] : undefined;
      return values_ === undefined ? test : { ...test, known: values_ };
    }),
  );
}

function judge({ isForeign, statements }: Point, completion: Completion): { allowed: Truth; denied: Truth } {
  const applies = statements.map(({ effect, tests }) => ({
    effect,
    truth: all(tests.map((test) => passes(test, completion))),
  }));
  const of = (wanted: string) =>
    any(
      applies.map(({ effect, truth }) => (effect === wanted ? truth : effect === "?" ? all([truth, "OPEN"]) : false)),
    );
  const denied = of("Deny");
  return { denied, allowed: isForeign ? false : all([of("Allow"), negate(denied)]) };
}

/** Every combination of what the open keys may hold, one for each way in which it can make the tests come out. */
function completions(
  statements: readonly (OracleStatement | null)[],
  question: OracleQuestion,
  domains: Readonly<Record<string, readonly string[]>>,
): readonly Completion[] {
  const tests = statements.flatMap((each) => (each === null ? [] : testsOf(each, {}, question)));
  let all: Completion[] = [question.given];
  for (const [key, values] of Object.entries(domains)) {
    if (question.given[key] !== undefined) continue;
    const own = tests.filter((test) => test.key === key);
    if (own.length === 0) continue;
    const states: readonly Values[] = question.isClosed ? ["ABSENT"] : ["ABSENT", ...upToThree(values)];
    const telling = new Map(states.map((state) => [own.map((test) => passes(test, { [key]: state })).join(), state]));
    all = all.flatMap((each) => [...telling.values()].map((state) => ({ ...each, [key]: state })));
  }
  return all;
}

/** All sets of at most three values. */
function upToThree(values: readonly string[]): readonly (readonly string[])[] {
  return values.reduce<(readonly string[])[]>(
    (sets, value) => sets.concat(sets.filter(({ length }) => length < 3).map((set) => [...set, value])),
    [[]],
  );
}

function passes({ key, operator, values, known }: Test, completion: Completion): Truth {
  const [, prefix, name = ""] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(operator) ?? [];
  const held = known ?? completion[key] ?? "ABSENT";
  const actual = held === "ABSENT" ? [] : held;
  const isNegated = /Not/.test(name);
  const compare = COMPARISONS[name.replace("Not", "")];
  if (compare === undefined) return "OPEN";
  const results = actual.map((each) => values.map((value) => compare(each, value)));
  if (results.flat().includes("OPEN")) return "OPEN";
  const matched = results.map((row) => row.includes(true));
  const passed = matched.map((match) => match !== isNegated);
  if (prefix === "ForAllValues") return passed.every(Boolean);
  if (prefix === "ForAnyValue") return passed.some(Boolean);
  return isNegated ? !matched.some(Boolean) : matched.some(Boolean);
}

type Comparison = (actual: string, value: string) => Truth;
const number =
  (hold: (a: number, b: number) => boolean): Comparison =>
  (a, b) =>
    Number.isNaN(Number(a)) ? "OPEN" : hold(Number(a), Number(b));
const date =
  (hold: (a: number, b: number) => boolean): Comparison =>
  (a, b) =>
    /^\d{4}-/.test(a) ? hold(Date.parse(a), Date.parse(b)) : "OPEN";

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (a, b) => a === b,
  StringEqualsIgnoreCase: (a, b) => a.toUpperCase() === b.toUpperCase(),
  StringLike: (a, b) => glob(b, a, false),
  NumericEquals: number((a, b) => a === b),
  NumericLessThan: number((a, b) => a < b),
  NumericLessThanEquals: number((a, b) => a <= b),
  NumericGreaterThan: number((a, b) => a > b),
  NumericGreaterThanEquals: number((a, b) => a >= b),
  DateEquals: date((a, b) => a === b),
  DateLessThan: date((a, b) => a < b),
  DateLessThanEquals: date((a, b) => a <= b),
  DateGreaterThan: date((a, b) => a > b),
  DateGreaterThanEquals: date((a, b) => a >= b),
  Bool: (a, b) => (/^(true|false)$/i.test(a) ? a.toLowerCase() === b.toLowerCase() : "OPEN"),
  IpAddress: (a, b) => (/^\d+(\.\d+){3}$/.test(a) ? inBlock(a, b) : "OPEN"),
};

function inBlock(address: string, block: string): boolean {
  const [base = "", bits = "32"] = block.split("/");
  const count = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(count(address) / size) === Math.floor(count(base) / size);
}

function globArn(pattern: string, resource: string): boolean {
  if (pattern === "*") return true;
  const [left, right] = [cut(/^acs(:[^:]*){3}$/.test(pattern) ? `${pattern}:*` : pattern), cut(resource)];
  const ignoresCase = /^(ram|sts)$/i.test(right[1] ?? "");
  if (left.length < 5) return glob(pattern, normal(right, ignoresCase).join(":"), ignoresCase);
  if (right.length < 5) return false;
  return left.every((part, i) =>
    glob(part === "" && (i === 2 || i === 3) ? "*" : part, right[i] ?? "", i < 4 || ignoresCase),
  );
}

function normal(parts: readonly string[], ignoresCase: boolean): readonly string[] {
  return parts
    .map((part, i) => (i < 4 || ignoresCase ? part.toLowerCase() : part))
    .map((part, i) => (part === "" && i < 4 ? "*" : part));
}

/** Five parts at most: the last holds further colons. */
function cut(text: string): readonly string[] {
  const parts = text.split(":");
  return parts.length <= 5 ? parts : [...parts.slice(0, 4), parts.slice(4).join(":")];
}

const compiled = new Map<string, RegExp>();
function glob(pattern: string, text: string, ignoresCase: boolean): boolean {
  const id = `${ignoresCase} ${pattern}`;
  const known = compiled.get(id);
  if (known !== undefined) return known.test(text);
  const source = pattern
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const regex = new RegExp(`^${source}$`, ignoresCase ? "is" : "s");
  compiled.set(id, regex);
  return regex.test(text);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
function all(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes("OPEN") ? "OPEN" : true;
}
function any(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes("OPEN") ? "OPEN" : false;
}
function negate(truth: Truth): Truth {
  return truth === "OPEN" ? "OPEN" : !truth;
}
function distinct(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [JSON.stringify(point), point])).values()];
}
