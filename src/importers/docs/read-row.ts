import type { BatchFinding, OperationFact } from "../../inventory/batch.js";
import type { AccessLevel } from "../../inventory/catalog.js";
import { actionKey } from "../../inventory/keys.js";
import { asciiLower } from "../../policy/ascii.js";
import { ACTION, type AuthorizationRow, NAME } from "./authorization-row.js";
import { noteLine } from "./page.js";
import type { PageTemplates } from "./page-templates.js";
import { readRowResources } from "./row-resources.js";

/** What the page says around a row. */
export interface RowContext {
  readonly templates: PageTemplates;
  /** The product's own RAM code, where the page states one. */
  readonly code: string | undefined;
  /** The service of the row's actions, should they bear none. */
  readonly service: string | undefined;
}

export interface RowReading {
  readonly operations: readonly OperationFact[];
  readonly findings: readonly BatchFinding[];
  /** The row named no service, and was given that of its resources. */
  readonly lackedService: boolean;
  /** The row named no operation, and was given its action's own name. */
  readonly lackedOperation: boolean;
  /** Names of resources that were shorter than they are. */
  readonly completed: readonly string[];
}

const NOTHING_READ = { operations: [], lackedService: false, lackedOperation: false, completed: [] };

/** Reads one row into one fact for each pair of an operation and an action that it needs. */
export function readRow(row: AuthorizationRow, context: RowContext): RowReading {
  const level = row.level === undefined ? undefined : levelOf(row.level, row.operations[0] ?? row.actions[0] ?? "");
  const { pairs, doubts, ...lacks } = namePairs(row, context);
  const isLevelUnknown = row.level !== undefined && level === undefined;
  if (pairs.length === 0 || isLevelUnknown) {
    const why = isLevelUnknown ? `access level \`${row.level ?? ""}\` is none that is known` : doubts.join("; ");
    return { ...NOTHING_READ, findings: [rowFinding(row, "ROW_UNREADABLE", `${why}; the row was left out`)] };
  }
  const service = context.code ?? pairs[0]?.action.split(":")[0];
  const { resources, completed, findings } = readRowResources(row, context.templates, service);
  const rest = {
    ...(level === undefined ? {} : { accessLevel: level }),
    resources,
    conditionKeys: [...new Set(row.conditionKeys)],
    dependentActions: [...new Set(row.dependentActions)],
  };
  const unclear = [...doubts, ...row.doubts].map((doubt) => rowFinding(row, "ROW_INCOMPLETE", doubt));
  return {
    operations: pairs.map(({ action, name }) => ({ service: service ?? "", name, action, ...rest })),
    findings: [...unclear, ...findings.map((finding) => ({ ...finding, subject: actionKey(nameOf(row)) }))],
    ...lacks,
    completed,
  };
}

const nameOf = ({ actions, operations }: AuthorizationRow): string => actions[0] ?? operations[0] ?? "";

function rowFinding(row: AuthorizationRow, code: string, what: string): BatchFinding {
  const name = nameOf(row);
  const message = name === "" ? `a row without a name: ${what}` : `row of \`${name}\`: ${what}`;
  const finding = noteLine(row.line, code, "WARNING", message);
  return ACTION.test(name) ? { ...finding, subject: actionKey(name) } : finding;
}

interface Pair {
  readonly action: string;
  readonly name: string;
}

interface NamedPairs extends Pick<RowReading, "lackedService" | "lackedOperation"> {
  readonly pairs: readonly Pair[];
  readonly doubts: readonly string[];
}

function namePairs(row: AuthorizationRow, { service }: RowContext): NamedPairs {
  const fail = (doubt: string): NamedPairs => ({
    pairs: [],
    doubts: [doubt],
    lackedService: false,
    lackedOperation: false,
  });
  const odd = row.operations.find((name) => !NAME.test(name));
  if (odd !== undefined) return fail(`\`${odd}\` is no name of an operation`);
  // A table of operations alone means the actions of the same names.
  const written = row.actions.length === 0 ? row.operations : row.actions;
  const { actions, doubts, lackedService } = readActions(written, row, service);
  if (actions.length === 0) return fail(doubts[0] ?? "it names no action");
  const isOwn = row.operations.length === 0;
  const pairs = actions.flatMap((action) => {
    const own = action.split(":")[1] ?? "";
    return (isOwn ? [own] : row.operations).map((name) => ({ action, name }));
  });
  const lackedOperation = isOwn && row.actions.some((action) => ACTION.test(action));
  return { pairs, doubts, lackedService, lackedOperation };
}

interface ReadActions {
  readonly actions: readonly string[];
  readonly doubts: readonly string[];
  readonly lackedService: boolean;
}

/** Several actions are all needed when the cell says no more; beside other words only the operation's own is certain. */
function readActions(written: readonly string[], row: AuthorizationRow, service: string | undefined): ReadActions {
  const whole = written.map((name) => (NAME.test(name) && service !== undefined ? `${service}:${name}` : name));
  const odd = whole.filter((name) => !ACTION.test(name));
  const lackedService = written.some((name) => NAME.test(name));
  if (odd.length === 0) return { actions: whole, doubts: [], lackedService };
  const own = whole.filter((name) => ACTION.test(name) && isOwnAction(name, row.operations));
  const others = whole.filter((name) => !own.includes(name)).map((name) => `\`${name.slice(0, 80)}\``);
  const why = NAME.test(odd[0] ?? "") ? `nothing tells the service of action ${others.join(", ")}` : undefined;
  const doubt = why ?? `what ${others.join(", ")} means for the operation is not certain; it was left out`;
  return { actions: own, doubts: [doubt], lackedService };
}

const isOwnAction = (action: string, operations: readonly string[]): boolean =>
  operations.some((name) => asciiLower(name) === asciiLower(action.split(":")[1] ?? ""));

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  create: "CREATE",
  get: "GET",
  list: "LIST",
  update: "UPDATE",
  delete: "DELETE",
  none: "NONE",
  read: "GET",
  读: "GET",
  读取: "GET",
  列出: "LIST",
};

/** Older pages know only `Write`: whether it creates or deletes is then told by the operation's verb. */
function levelOf(level: string, name: string): AccessLevel | undefined {
  const word = asciiLower(level.trim());
  if (!/^(?:write|写入?)$/.test(word)) return LEVELS[word];
  const verb = name.split(":").at(-1) ?? "";
  if (/^(?:create|add|register)/i.test(verb)) return "CREATE";
  return /^(?:delete|remove|unregister)/i.test(verb) ? "DELETE" : "UPDATE";
}
