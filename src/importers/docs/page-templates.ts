import type { BatchFinding } from "../../inventory/batch.js";
import type { ResourceType } from "../../inventory/catalog.js";
import { asciiLower } from "../../policy/ascii.js";
import { blankPlaceholders, prefixOf, readTemplates, serviceOfTemplate, tailOf } from "./arn-template.js";
import { noteLine, type PageLine } from "./page.js";

/** A line of a table of resource types: a name, or none where the line goes on with the name above, and its cell. */
export interface TypeRow {
  readonly line: PageLine;
  readonly name: string;
  readonly cell: readonly string[];
}

export interface TypesReading {
  readonly types: readonly ResourceType[];
  readonly findings: readonly BatchFinding[];
}

/** Reads tables that give the resource names of each type. */
export function readResourceTypes(rows: readonly TypeRow[]): TypesReading {
  const types: ResourceType[] = [];
  const findings: BatchFinding[] = [];
  let current = "";
  for (const { line, name, cell } of rows) {
    current = name === "" ? current : name;
    for (const reading of cell.flatMap(readTemplates)) {
      const service = "template" in reading ? serviceOfTemplate(reading.template) : undefined;
      if ("template" in reading && service !== undefined && current !== "") {
        types.push({ service, name: current, arnTemplate: reading.template });
        if (reading.hadBlanks) findings.push(blanksFinding(line, reading.template));
      } else findings.push(unreadableType(line, current, cell.join(" ")));
    }
  }
  return { types, findings };
}

export function blanksFinding(line: PageLine, template: string): BatchFinding {
  return noteLine(line, "ARN_HAS_BLANKS", "WARNING", `blanks in a resource name; read as \`${template}\``);
}

function unreadableType(line: PageLine, name: string, written: string): BatchFinding {
  const message = `resource type \`${name}\`: \`${written}\` is no resource name; it was left out`;
  return noteLine(line, "RESOURCE_UNREADABLE", "WARNING", message);
}

/** What a page says in full about resource names, for those that it shortens. */
export interface PageTemplates {
  /** Templates of a type, by the name that a row calls it, without regard to letter case. */
  readonly ofType: (name: string) => readonly ResourceType[];
  /** The whole of a shortened name; undefined where the page leaves open how it begins. */
  readonly complete: (shortened: string, service: string | undefined) => string | undefined;
}

/**
 * @param types of the page's tables of resource types
 * @param others further names that the page prints in full
 */
export function indexTemplates(types: readonly ResourceType[], others: readonly string[]): PageTemplates {
  const wholes = [...types.map(({ arnTemplate }) => arnTemplate), ...others];
  const byName = groupBy(types, ({ name }) => asciiLower(name));
  const byTail = prefixesBy(wholes, (whole) => folded(tailOf(whole)));
  const byHead = prefixesBy(wholes, (whole) => headOf(tailOf(whole)));
  const all = prefixesBy(wholes, () => "");
  return {
    ofType: (name) => byName.get(asciiLower(name)) ?? [],
    complete: (shortened, service) => {
      const prefix =
        only(byTail.get(folded(shortened))) ??
        only(byHead.get(headOf(shortened))) ??
        (service === undefined ? undefined : only(all.get("")));
      const isOwn = prefix !== undefined && (service === undefined || serviceOfTemplate(prefix) === service);
      return isOwn ? `${prefix}${shortened}` : undefined;
    },
  };
}

const folded = (tail: string): string => asciiLower(blankPlaceholders(tail));
const headOf = (tail: string): string => asciiLower(tail.split("/")[0] ?? "");

/** The beginnings under each key, in the spelling that came first. */
function prefixesBy(
  wholes: readonly string[],
  keyOf: (whole: string) => string,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const groups = new Map<string, Map<string, string>>();
  for (const whole of wholes) {
    const prefixes = groups.get(keyOf(whole)) ?? new Map<string, string>();
    const prefix = prefixOf(whole);
    if (!prefixes.has(folded(prefix))) prefixes.set(folded(prefix), prefix);
    groups.set(keyOf(whole), prefixes);
  }
  return groups;
}

/** The one beginning; undefined where there are none or several. */
function only(prefixes: ReadonlyMap<string, string> | undefined): string | undefined {
  return prefixes?.size === 1 ? [...prefixes.values()][0] : undefined;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
