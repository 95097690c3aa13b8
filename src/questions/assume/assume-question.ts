import { CATALOG_ACCOUNT } from "../../inventory/keys.js";
import type { Role } from "../../inventory/principal.js";
import { type RequestResource, readRequestArn } from "../../policy/arn.js";
import { type Context, OPEN_CONTEXT } from "../../policy/conditions/context.js";
import type { AccessQuestion } from "../access/access-question.js";

/** May somebody assume this role? Undefined for a role of the catalog, which only its service assumes. */
export function assumeQuestion(
  { accountId, name }: Pick<Role, "accountId" | "name">,
  context: Context = OPEN_CONTEXT,
): AccessQuestion | undefined {
  const resource = assumedRole({ accountId, name });
  return resource === undefined ? undefined : questionAbout(resource, resource.text, context);
}

/** The resource that is asked about where a role is assumed; undefined for a role of the catalog. */
export function assumedRole({ accountId, name }: Pick<Role, "accountId" | "name">): RequestResource | undefined {
  return accountId === CATALOG_ACCOUNT ? undefined : readRequestArn(`acs:ram::${accountId}:role/${name}`);
}

function questionAbout(resource: RequestResource, text: string, context: Context): AccessQuestion {
  return {
    actions: { mode: "ALL", parts: [{ name: "sts:AssumeRole" }], text: "sts:AssumeRole" },
    resource: { form: "EACH", resources: [resource], text },
    context,
    remarks: [],
  };
}

/**
 * May somebody assume this role of the catalog? It stands for that role in any account, so its ARN leaves the account open;
 * only the service that owns it is ever let in.
 */
export function trustQuestion({ name }: Pick<Role, "name">): AccessQuestion | undefined {
  const arn = `acs:ram::*:role/${name}`;
  const resource = readRequestArn(arn);
  return resource === undefined ? undefined : questionAbout(resource, arn, OPEN_CONTEXT);
}
