import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { loadShippedCatalog } from "../../src/app/load-catalog.js";
import { packageRoot } from "../../src/app/package-root.js";
import { readShippedCatalog } from "../../src/app/read-shipped-catalog.js";
import { importCatalog } from "../../src/store/import-catalog.js";
import { page } from "../store/facts.js";
import { withDatabase } from "../store/open.js";

const at = withDatabase();

test("a start changes nothing after an import of pages that say otherwise than the package", async () => {
  await loadShippedCatalog(at.db);
  const roles = (await readShippedCatalog(join(packageRoot, "catalog"))).flatMap(({ facts }) => facts.roles);
  const otherwise = roles.map((role) => ({ ...role, consequences: ["none"], createdWhen: "never", purpose: "none" }));
  expect(await importCatalog(at.db, [page("older", { roles: otherwise }, "2020-01-01")])).toMatchObject({
    revision: "2",
  });
  expect(await loadShippedCatalog(at.db)).toMatchObject({ revision: null });
});
