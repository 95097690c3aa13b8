import type { CatalogIndex } from "../../grants/catalog-index.js";
import type { Snapshot } from "../../grants/snapshot.js";
import { serviceKey } from "../../inventory/keys.js";
import { serviceOfAction } from "../../policy/action-pattern.js";
import { asciiLower } from "../../policy/ascii.js";
import type { Finding } from "../../policy/finding.js";
import {
  type ActionChoice,
  type ActionPart,
  type Refusal,
  type ResourceChoice,
  refuse,
  type Taken,
} from "./access-question.js";
import { actionPart } from "./action-part.js";
import { nearestNames } from "./nearest-names.js";
import { type ActionInput, MAX_ITEMS, MAX_TEXT } from "./question-input.js";
import { remember } from "./remember.js";
import { takeOperation } from "./take-operation.js";

export interface TakenActions {
  readonly choice: ActionChoice;
  readonly remarks: readonly Finding[];
}

/** Reads one action, a set of actions, or an operation with all the actions that it needs. */
export function takeActions(
  snapshot: Snapshot,
  input: ActionInput,
  resource: ResourceChoice,
  place: string,
): Taken<TakenActions> {
  if (input.operation !== undefined) return takeOperation(snapshot, input.operation, resource, `${place}.operation`);
  const names = input.allOf ?? input.anyOf ?? undefined;
  if (names === undefined && input.name !== undefined) return takeName(snapshot, input.name, `${place}.name`);
  const argument = `${place}.${input.allOf ? "allOf" : input.anyOf ? "anyOf" : "name"}`;
  return takeNames(snapshot, names ?? [], input.anyOf ? "ANY" : "ALL", argument);
}

/** One name, as most questions have it. */
function takeName(snapshot: Snapshot, name: string, argument: string): Taken<TakenActions> {
  if (!isActionName(name)) return refuseName(name, argument);
  const part = actionPart(snapshot, name);
  const remarks = part.key === undefined ? [remarkOn(snapshot, name)] : NO_REMARKS;
  return { value: { choice: { mode: "ALL", parts: [part], text: part.name }, remarks } };
}

const NO_REMARKS: readonly Finding[] = [];

function takeNames(
  snapshot: Snapshot,
  names: readonly string[],
  mode: ActionChoice["mode"],
  argument: string,
): Taken<TakenActions> {
  if (names.length === 0) return refuse(argument, "give at least one action such as `ecs:DeleteSecurityGroup`");
  if (names.length > MAX_ITEMS) return refuse(argument, `at most ${MAX_ITEMS} actions fit in one question`);
  const parts: ActionPart[] = [];
  const remarks: Finding[] = [];
  for (const name of names) {
    if (!isActionName(name)) return refuseName(name, argument);
    const part = actionPart(snapshot, name);
    if (part.key === undefined) remarks.push(remarkOn(snapshot, name));
    parts.push(part);
  }
  const text = parts.map((part) => part.name).join(mode === "ANY" ? " or " : " and ");
  return { value: { choice: { mode, parts, text }, remarks } };
}

function isActionName(name: string): boolean {
  return ACTION_FORM.test(name) && name.length <= MAX_TEXT;
}

function refuseName(name: string, argument: string): { readonly refusal: Refusal } {
  return refuse(argument, `\`${name.slice(0, 80)}\` is not an action; write service:Name, without wildcards`);
}

const ACTION_FORM = /^[^\s:*?]+:[^\s:*?]+$/;

/** Clients ask about few actions, many times; finding near names costs more than the decision. */
const remembered = remember<CatalogIndex, Finding>(1000);

function remarkOn(snapshot: Snapshot, name: string): Finding {
  return remembered(snapshot.catalog, name, () => unknownAction(snapshot, name));
}

function unknownAction(snapshot: Snapshot, name: string): Finding {
  const { catalog } = snapshot;
  const siblings = catalog.actionsOfService.get(serviceKey(serviceOfAction(name))) ?? [];
  const near = nearestNames(
    name,
    (siblings.length > 0 ? siblings : [...catalog.actions.values()]).map((each) => each.name),
    3,
  );
  const hint = near.length === 0 ? "" : `; near names are ${near.map((each) => `\`${each}\``).join(", ")}`;
  const message = `the catalog knows no action \`${name}\`, it is decided all the same${hint}${operationHint(snapshot, name)}`;
  const [only] = near.length === 1 ? near : [];
  return { code: "UNKNOWN_ACTION", severity: "WARNING", message, ...(only === undefined ? {} : { suggestion: only }) };
}

/** Calls and the actions that guard them often bear different names, and people know the calls. */
function operationHint({ catalog }: Snapshot, name: string): string {
  const service = serviceOfAction(name);
  const named = catalog.operationsByName.get(asciiLower(name.slice(name.indexOf(":") + 1))) ?? [];
  const guards = named.filter((operation) => operation.service === service).map(({ action }) => `\`${action}\``);
  if (guards.length === 0) return "";
  return `; the API operation of that name needs ${[...new Set(guards)].join(" and ")}: ask for it by \`operation\``;
}
