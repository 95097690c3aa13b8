import type { BatchFinding } from "../../inventory/batch.js";
import type { OperationResource, ResourceType } from "../../inventory/catalog.js";
import { ANY_RESOURCE, readTemplates } from "./arn-template.js";
import type { AuthorizationRow } from "./authorization-row.js";
import { noteLine, type PageLine } from "./page.js";
import { blanksFinding, type PageTemplates } from "./page-templates.js";

export interface RowResources {
  /** Empty where it is not known for certain what the operation takes. */
  readonly resources: readonly OperationResource[];
  /** Shortened names that were completed. */
  readonly completed: readonly string[];
  readonly findings: readonly BatchFinding[];
}

/**
 * Reads the resources of a row. They are known as a whole or not at all: a resource of a type that is missing would pass
 * for one that the operation does not take.
 */
export function readRowResources(
  { line, resource, actions, operations }: AuthorizationRow,
  templates: PageTemplates,
  service: string | undefined,
): RowResources {
  const readings = labelled(resource ?? []).flatMap((one) => readOne(one, templates, service));
  const odd = readings.flatMap((reading) => ("unreadable" in reading ? [reading.unreadable] : []));
  const found = readings.flatMap((reading) => ("resources" in reading ? [reading] : []));
  const blanks = found.flatMap(({ resources, hadBlanks }) =>
    hadBlanks ? resources.map(({ arnTemplate }) => blanksFinding(line, arnTemplate)) : [],
  );
  if (odd.length > 0 || readings.length === 0) {
    const finding = unreadable(line, actions[0] ?? operations[0] ?? "", odd);
    return { resources: [], completed: [], findings: resource === undefined ? [] : [finding] };
  }
  return {
    resources: found.flatMap(({ resources }) => resources),
    completed: found.flatMap(({ completed }) => (completed === undefined ? [] : [completed])),
    findings: blanks,
  };
}

function unreadable(line: PageLine, name: string, odd: readonly string[]): BatchFinding {
  const what = odd.length === 0 ? "no resource is given" : `\`${odd.join(" ")}\` names no resource for certain`;
  const message = `row of \`${name}\`: ${what}; what the operation takes is left open`;
  return noteLine(line, "RESOURCE_UNREADABLE", "WARNING", message);
}

interface Labelled {
  readonly label: string;
  /** Absent where the label stands alone. */
  readonly name?: string;
}

/** Labels go in front of the names that they hold for. */
function labelled(lines: readonly string[]): Labelled[] {
  const found: Labelled[] = [];
  let label = "";
  let isOpen = false;
  for (const line of lines) {
    if (isNameLine(line)) {
      found.push({ label, name: line });
      isOpen = false;
    } else {
      if (isOpen) found.push({ label });
      label = line;
      isOpen = true;
    }
  }
  return isOpen ? [...found, { label }] : found;
}

const isNameLine = (line: string): boolean =>
  readTemplates(line).some((reading) => !("unreadable" in reading) || /\bacs\b/i.test(line));

interface Found {
  readonly resources: readonly OperationResource[];
  readonly hadBlanks: boolean;
  readonly completed?: string;
}

type ResourceReading = Found | { readonly unreadable: string };

function readOne({ label, name }: Labelled, templates: PageTemplates, service: string | undefined): ResourceReading[] {
  if (name === undefined) return [readLabel(label, templates)];
  return readTemplates(name).map((reading): ResourceReading => {
    if ("unreadable" in reading) return reading;
    if ("template" in reading)
      return { resources: [resourceOf(label, reading.template)], hadBlanks: reading.hadBlanks };
    const whole = templates.complete(reading.shortened, service);
    if (whole === undefined) return { unreadable: reading.shortened };
    return { resources: [resourceOf(label, whole)], hadBlanks: false, completed: reading.shortened };
  });
}

const ALL = /^(?:all resources?|全部资源)$/i;

/** A label alone says everything for all resources, or where the page lists the names of its types. */
function readLabel(label: string, templates: PageTemplates): ResourceReading {
  const isRequired = label.startsWith("*");
  const words = label.replace(/^\*\s*/, "");
  if (ALL.test(words)) return { resources: [{ arnTemplate: ANY_RESOURCE, isRequired }], hadBlanks: false };
  const types = words.split(/\s+(?:and|or)\s+|\s*[,，、和或]\s*/).map((word) => templates.ofType(word));
  if (types.some(({ length }) => length === 0)) return { unreadable: label };
  return { resources: types.flat().map((type) => ofType(type, isRequired)), hadBlanks: false };
}

function ofType({ name, arnTemplate }: ResourceType, isRequired: boolean): OperationResource {
  return { resourceType: name, arnTemplate, isRequired };
}

function resourceOf(label: string, arnTemplate: string): OperationResource {
  const name = label.replace(/^\*\s*/, "");
  const isAll = arnTemplate === ANY_RESOURCE || ALL.test(name);
  return { ...(isAll || name === "" ? {} : { resourceType: name }), arnTemplate, isRequired: label.startsWith("*") };
}
