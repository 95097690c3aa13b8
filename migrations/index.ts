import { CreateSources1763700000001 } from "./1763700000001-create-sources.js";
import { CreateCatalog1763700000002 } from "./1763700000002-create-catalog.js";
import { CreateAccounts1763700000003 } from "./1763700000003-create-accounts.js";
import { CreatePolicies1763700000004 } from "./1763700000004-create-policies.js";
import { TrackRevisions1763700000005 } from "./1763700000005-track-revisions.js";
import { CreateDirectories1763800000001 } from "./1763800000001-create-directories.js";
import { LeavePrincipalsOpen1763810000001 } from "./1763810000001-leave-principals-open.js";
import { KnowPagesOfCatalogFiles1763810000002 } from "./1763810000002-know-pages-of-catalog-files.js";
import { KeepRuns1763820000001 } from "./1763820000001-keep-runs.js";
import { CreateApiTokens1763840000001 } from "./1763840000001-create-api-tokens.js";
import { FindNewRows1790000000000 } from "./1790000000000-find-new-rows.js";
import { KnowTimelines1790000000300 } from "./1790000000300-know-timelines.js";

/** All migrations, oldest first. Listed by hand, so that sources, tests and the build run the same ones. */
export const MIGRATIONS = [
  CreateSources1763700000001,
  CreateCatalog1763700000002,
  CreateAccounts1763700000003,
  CreatePolicies1763700000004,
  TrackRevisions1763700000005,
  CreateDirectories1763800000001,
  LeavePrincipalsOpen1763810000001,
  KnowPagesOfCatalogFiles1763810000002,
  KeepRuns1763820000001,
  CreateApiTokens1763840000001,
  FindNewRows1790000000000,
  KnowTimelines1790000000300,
];
