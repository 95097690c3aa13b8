import type { Snapshot } from "../../src/grants/snapshot.js";
import type { BenchQuestion } from "../questions.js";
import type { Timing } from "../stopwatch.js";
import { importPeer } from "./import-peer.js";
import { clockPlain, type PlainQuestion } from "./plain-questions.js";

/** What is used of the package `@cloud-copilot/iam-simulate`. Its licence (AGPL) keeps it from being a dependency of this one. */
interface IamSimulate {
  /** Without checks of the input, which would know nothing of services that are not Amazon's. */
  readonly runUnsafeSimulation: (simulation: unknown, options: unknown) => string;
}

const ACCOUNT = "123456789012";

const VERDICTS: Readonly<Record<string, string>> = {
  Allowed: "ALLOWED",
  ImplicitlyDenied: "IMPLICIT_DENY",
  ExplicitlyDenied: "EXPLICIT_DENY",
};

/**
 * iam-simulate on the policy of one principal at a time, which it reads for each request. Questions about principals with conditions or
 * resource groups are left out, and ARNs become Amazon's.
 *
 * @param folder a `node_modules` in which it is installed
 * @throws when it gives another verdict than ours
 */
export async function clockIamSimulate(
  folder: string,
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
  repeats: number,
): Promise<Timing> {
  const { runUnsafeSimulation } = await importIamSimulate(folder);
  const prepare = (plain: PlainQuestion) => {
    const simulation = simulationOf(plain);
    return () => VERDICTS[runUnsafeSimulation(simulation, {})] ?? "";
  };
  return clockPlain({ name: "iam-simulate", account: ACCOUNT }, snapshot, questions, prepare, repeats);
}

function simulationOf({ question: { action }, statements, arn }: PlainQuestion) {
  const Statement = statements.map(({ Resource = [], ...statement }) => ({
    ...statement,
    Resource: Resource.map(asAmazons),
  }));
  return {
    request: {
      principal: `arn:aws:iam::${ACCOUNT}:user/me`,
      action,
      resource: { resource: asAmazons(arn), accountId: ACCOUNT },
      contextVariables: {},
    },
    identityPolicies: [{ name: "all", policy: { Version: "2012-10-17", Statement } }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

const asAmazons = (arn: string) => arn.replace(/^acs:/, "arn:aws:");

async function importIamSimulate(folder: string): Promise<IamSimulate> {
  const found = await importPeer(folder, "@cloud-copilot/iam-simulate/dist/esm/index.js");
  if (!isPackage(found)) throw new Error(`${folder}: holds no iam-simulate that this was written for (0.1.173)`);
  return found;
}

function isPackage(found: unknown): found is IamSimulate {
  return typeof found === "object" && found !== null && "runUnsafeSimulation" in found;
}
