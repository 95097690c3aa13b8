import type { BatchFinding, SystemPolicyFact } from "../../inventory/batch.js";
import { type Key, policyKey, serviceKey } from "../../inventory/keys.js";
import { isLinkedPolicyName } from "../../inventory/linked-policy-name.js";
import { asciiLower } from "../../policy/ascii.js";
import { findBlemishes } from "./blemishes.js";
import { sentencesOf, withoutReferences } from "./clean-text.js";
import { listedInTable, listedPolicy } from "./listed-policies.js";
import { noteLine, type PageLine } from "./page.js";
import type { PageParts } from "./page-parts.js";
import type { Table } from "./page-tables.js";
import type { PrintedPolicy } from "./policy-details.js";
import { policyMentions, warnsOfRisk } from "./policy-names.js";

export interface SystemPoliciesReading {
  readonly policies: readonly SystemPolicyFact[];
  /** Actions that the page's words, not its tables, ask for. */
  readonly actions: readonly string[];
  readonly findings: readonly BatchFinding[];
}

const ACTION = /(?<![A-Za-z0-9:/."'-])[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]+(?![A-Za-z0-9:/*])/g;
const NEED = /\bneeds?\b|\brequires?\b|\bgrant|\bpermission|需要|必须|权限|授予/i;
const AIM = /\bto (?:also )?((?:access|view|see|open|use|query)\b[^.,;]{1,120})/i;

/** Reads which system policies a page names, what it says of them, and which further actions it asks for. */
export function readSystemPolicies(parts: PageParts): SystemPoliciesReading {
  const policies = new Map<string, SystemPolicyFact>();
  const note = (policy: SystemPolicyFact): void => {
    const before = policies.get(asciiLower(policy.name));
    policies.set(asciiLower(policy.name), {
      ...before,
      ...policy,
      isHighRisk: policy.isHighRisk || before?.isHighRisk === true,
    });
  };
  for (const { text } of parts.prose) for (const policy of [...namedIn(text), ...listedPolicy(text)]) note(policy);
  for (const table of parts.tables) for (const policy of [...listedInTable(table), ...describedIn(table)]) note(policy);
  for (const policy of parts.printed) note(factOf(policy));
  const { actions, findings } = readNeeds(parts);
  return { policies: [...policies.values()], actions, findings: [...findings, ...blemishesOf(parts)] };
}

/** What is odd in the documents; those of service-linked roles are looked at with their roles. */
function blemishesOf({ printed, page }: PageParts): BatchFinding[] {
  return printed
    .filter(({ name }) => !isLinkedPolicyName(name))
    .flatMap((policy) =>
      findBlemishes(policy.block, page).map((finding) => ({ ...finding, subject: printedPolicyKey(policy) })),
    );
}

/** Key of a policy that the page prints. */
export function printedPolicyKey({ name }: PrintedPolicy): Key {
  return policyKey(isLinkedPolicyName(name) ? "SERVICE_LINKED" : "SYSTEM", undefined, name);
}

function namedIn(text: string): SystemPolicyFact[] {
  if (policyMentions(text).length === 0) return [];
  return sentencesOf(text).flatMap((sentence) => {
    const isHighRisk = warnsOfRisk(sentence);
    return policyMentions(sentence).map((name) => ({ name, isHighRisk }));
  });
}

function factOf({ block, ...policy }: PrintedPolicy): SystemPolicyFact {
  return { ...policy, isHighRisk: false, document: block.text };
}

/** A table of policies names each in a cell of its own; a service-linked role's policy is none of them. */
function describedIn({ columns, rows }: Table): SystemPolicyFact[] {
  const policy = columns.indexOf("policy");
  const description = columns.indexOf("description");
  if (policy < 0 || description < 0 || columns.includes("role")) return [];
  return rows.flatMap(({ cells }) => {
    const name = cells[policy] ?? "";
    const text = withoutReferences((cells[description] ?? "").replace(/\n/g, " "));
    if (!/^[A-Za-z][A-Za-z0-9-]{2,127}$/.test(name) || name.startsWith("AliyunServiceRole")) return [];
    return [{ name, isHighRisk: warnsOfRisk(text), ...(text === "" ? {} : { description: text }) }];
  });
}

interface Need {
  readonly action: string;
  /** What the sentence says that the action is for. */
  readonly aim?: string;
  readonly line: PageLine;
  readonly policy?: string;
}

function readNeeds(parts: PageParts): Pick<SystemPoliciesReading, "actions" | "findings"> {
  const needs = [...parts.prose.flatMap((line) => needsIn(line.text, line)), ...parts.tables.flatMap(needsInTable)];
  const seen = new Set<string>();
  const findings = needs.flatMap((need) => {
    const finding = needFinding(need, parts.head.title);
    if (seen.has(finding.message)) return [];
    seen.add(finding.message);
    return [finding];
  });
  return { actions: [...new Set(needs.map(({ action }) => action))], findings };
}

function needsInTable(table: Table): Need[] {
  const policy = table.columns.indexOf("policy");
  if (policy < 0 || table.columns.includes("role")) return [];
  return table.rows.flatMap(({ line, cells }) =>
    cells.flatMap((cell) => needsIn(cell, line).map((need) => ({ ...need, policy: cells[policy] ?? "" }))),
  );
}

/** Rights to manage service-linked roles are facts of the roles, not needs of a page. */
function needsIn(text: string, line: PageLine): Need[] {
  if (text.search(ACTION) === -1) return [];
  return sentencesOf(text).flatMap((sentence) => {
    if (!NEED.test(sentence)) return [];
    const aim = AIM.exec(sentence)?.[1]?.trim();
    const actions = new Set(sentence.match(ACTION) ?? []);
    return [...actions]
      .filter((action) => !/ServiceLinkedRole$|^(?:acs|http|https):/.test(action))
      .map((action) => ({ action, line, ...(aim === undefined ? {} : { aim }) }));
  });
}

function needFinding({ action, aim, line, policy }: Need, title: string): BatchFinding {
  const what = aim === undefined ? "is asked for" : `is needed to ${aim}`;
  const beside = policy === undefined ? "" : `, beside policy \`${policy}\``;
  const subject =
    policy === undefined ? serviceKey(action.split(":")[0] ?? "") : policyKey("SYSTEM", undefined, policy);
  const message = `action \`${action}\` ${what}${beside} (page \`${title}\`)`;
  return { ...noteLine(line, "CONSOLE_NEEDS_ACTION", "SUGGESTION", message), subject };
}
