import * as accounts from "./account.entity.js";
import * as findings from "./finding.entity.js";
import * as operations from "./operation.entity.js";
import * as policies from "./policy.entity.js";
import * as services from "./service.entity.js";
import * as links from "./service-link.entity.js";
import * as sources from "./source.entity.js";

/** All entities; ../tables.ts knows their order. */
export const ENTITIES = [sources, services, operations, accounts, links, policies, findings].flatMap((file) =>
  Object.values(file),
);
