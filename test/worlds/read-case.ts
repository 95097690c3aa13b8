import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { Verdict } from "../../src/policy/decide.js";
import type { PolicyLayer } from "../../src/policy/grant.js";
import type { ActionInput, ResourceInput } from "../../src/questions/access/question-input.js";
import type { World } from "./build-world.js";

/** One file of test/cases; case.schema.json describes it. */
export interface Case {
  readonly rule: string;
  readonly source: string;
  readonly world: World;
  readonly unknownActions?: readonly string[];
  readonly ask: readonly CaseQuestion[];
  readonly permissions?: Readonly<Record<string, Readonly<Record<string, Verdict>>>>;
  /** By role: who may assume it directly, and who gets to assume it, each as in `reached`. */
  readonly assumableBy?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly assumableByPaths?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface CaseQuestion {
  readonly action: string | ActionInput;
  readonly resource: string | ResourceInput;
  readonly context?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly closed?: boolean;
  /** Session policy of a role; users have none and are left out. */
  readonly session?: readonly unknown[] | string;
  readonly ignoreLayers?: readonly PolicyLayer[];
  readonly whoCan: Readonly<Record<string, Verdict>>;
  readonly cannot?: Readonly<Record<string, Verdict>>;
  /** Who gets there by assuming roles as well: `ALLOWED`, or `ALLOWED via ops, admin`. */
  readonly reached?: Readonly<Record<string, string>>;
  /** Those outside of the imported accounts whom a policy of the resource names. */
  readonly outside?: Readonly<Record<string, Verdict>>;
  /** Reason and subject of what the answer did not see. */
  readonly gaps?: readonly string[];
  readonly details?: Readonly<Record<string, CaseDetails>>;
  readonly refused?: string;
}

export interface CaseDetails {
  readonly condition?: string;
  readonly missingKeys?: readonly string[];
  readonly blockedBy?: readonly string[];
  readonly decidedBy?: readonly string[];
  readonly prerequisites?: Readonly<Record<string, Verdict>>;
  readonly warnings?: readonly string[];
  readonly sentence?: string;
}

const FOLDER = new URL("../cases/", import.meta.url);

export function caseFiles(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
}

const isCase = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<Case>(
  JSON.parse(readFileSync(new URL("case.schema.json", FOLDER), "utf8")),
);

/** Reads a case and holds it against its schema. */
export function readCase(file: string): Case {
  const read: unknown = parse(readFileSync(new URL(file, FOLDER), "utf8"));
  if (isCase(read)) return read;
  const problems = (isCase.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new Error(`${file} is not a case: ${problems.join("; ")}`);
}
