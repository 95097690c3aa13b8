/** A policy document before it is written as JSON. */
export interface DemoDocument {
  readonly Version: "1";
  readonly Statement: readonly object[];
}

/** Who bears a policy: `user:ana`, `group:roasters`, `role:deployer`. */
export type DemoBearer = `${"user" | "group" | "role"}:${string}`;

export interface DemoRole {
  readonly name: string;
  readonly description: string;
  readonly trust: DemoDocument;
  readonly isServiceLinked?: true;
}

export interface DemoAttachment {
  readonly policy: string;
  readonly bearer: DemoBearer;
  /** Id of a resource group; left out, the scope is the account. */
  readonly resourceGroupId?: string;
}

export interface DemoResource {
  readonly service: string;
  readonly type: string;
  readonly id: string;
  readonly resourceGroupId: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** An account of the fictional company, as short as it can be said. */
export interface DemoAccount {
  readonly id: string;
  readonly alias: string;
  readonly users: readonly string[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly roles: readonly DemoRole[];
  /** Documents of the account's own policies, by name. */
  readonly policies: Readonly<Record<string, DemoDocument>>;
  readonly attachments: readonly DemoAttachment[];
  readonly resourceGroups: Readonly<Record<string, string>>;
  readonly resources: readonly DemoResource[];
  /** Policies of buckets, by name of the bucket; a bucket without one has none. */
  readonly bucketPolicies: Readonly<Record<string, DemoDocument>>;
}

export const REGION = "cn-hangzhou";

/** Statements as a document. */
export function documentOf(...statements: readonly object[]): DemoDocument {
  return { Version: "1", Statement: statements };
}

/** A statement that allows actions on resources, under a condition where one is given. */
export function allow(
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
  condition?: object,
): object {
  return { Effect: "Allow", Action: actions, Resource: resources, ...(condition && { Condition: condition }) };
}

/** The same that denies. */
export function deny(
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
  condition?: object,
): object {
  return { ...allow(actions, resources, condition), Effect: "Deny" };
}

/** A trust policy that lets RAM principals in: ARNs of accounts, users or roles. */
export function trusting(principals: readonly string[], condition?: object): DemoDocument {
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { RAM: principals } };
  return documentOf(condition === undefined ? statement : { ...statement, Condition: condition });
}

/** A trust policy that lets a cloud service in. */
export function trustingService(name: string): DemoDocument {
  return documentOf({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: [name] } });
}
