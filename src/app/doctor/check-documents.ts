import type { Config } from "../config.js";
import { ConfigurationRefused } from "../failure.js";
import { listTrustedDocuments } from "../list-trusted-documents.js";
import { type Check, failed, passed } from "./check.js";

/** The operator's own documents: one that cannot be read, or that the schema does not answer, keeps a server from starting. */
export async function checkDocuments({ trustedDocuments }: Config): Promise<readonly Check[]> {
  if (trustedDocuments === undefined) return [];
  try {
    const own = (await listTrustedDocuments(trustedDocuments)).filter(({ file }) => file !== undefined);
    return [passed("documents", `${own.length} of your own in ${trustedDocuments}`)];
  } catch (error) {
    if (!(error instanceof ConfigurationRefused)) throw error;
    const hint = "a server does not start with it: mend it, or take it out of the folder of RAMGRAPH_TRUSTED_DOCUMENTS";
    return error.problems.map((problem) => failed("documents", problem, hint));
  }
}
