import { join } from "node:path";
import { buildRamgraphSchema } from "./build-schema.js";
import { packageRoot } from "./package-root.js";
import { readExamples } from "./read-examples.js";
import { readTrustedDocuments, type TrustedDocument } from "./trusted-documents.js";

/**
 * The documents that a server would trust with this folder; needs no database.
 *
 * @throws ConfigurationRefused as `readTrustedDocuments` does
 */
export async function listTrustedDocuments(folder: string | undefined): Promise<readonly TrustedDocument[]> {
  const [schema, examples] = await Promise.all([
    buildRamgraphSchema(),
    readExamples(join(packageRoot, "schema/operations")),
  ]);
  return [...(await readTrustedDocuments(schema, examples, folder)).values()];
}
