import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the package, where `package.json`, `catalog/` and `schema/` lie: the same for sources and for `dist/`. */
export const packageRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("ramgraph was installed without its package.json");
  return findRoot(parent);
}
