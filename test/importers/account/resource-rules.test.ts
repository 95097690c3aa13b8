import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, type Files, readBatch, readRefusal } from "./export-folder.js";
import { codes, gapSubjects } from "./responses.js";

const GROUP = "RESOURCE_GROUP_UNKNOWN";
const POLICY = "RESOURCE_POLICIES_NOT_IMPORTED";
const ECS = { Service: "ecs", ResourceType: "instance", ResourceId: "i-1", RegionId: "cn-a", ResourceGroupId: "rg-1" };
const BUCKET = { Service: "oss", ResourceType: "bucket", ResourceId: "photos", ResourceGroupId: "rg-1" };

function groups(...ResourceGroup: readonly object[]): Files {
  return { "resourcemanager.ListResourceGroups.json": { ResourceGroups: { ResourceGroup } } };
}

function resources(...Resource: readonly object[]): Files {
  return { "resourcemanager.ListResources.json": { Resources: { Resource } } };
}

function capabilities(...Capabilities: readonly object[]): Files {
  return { "resourcemanager.ListResourceGroupCapability.json": { Capabilities } };
}

function tags(ResourceARN: string, Tags: readonly object[], more: object = {}): Files {
  return { "tag.ListTagResources.json": { TagResources: [{ ResourceARN, Tags }], ...more } };
}

describe("resource groups", () => {
  test.each([
    ["all three responses", { ...groups(), ...resources(), ...capabilities() }, []],
    ["groups alone", groups(), [ACCOUNT]],
    ["resources alone", resources(), [ACCOUNT]],
    ["no list of types", { ...groups(), ...resources() }, ["resourcemanager.ListResourceGroupCapability"]],
  ])("with %s: the gaps are %j", async (_name, files, subjects) => {
    expect(gapSubjects(await readBatch(files), GROUP)).toEqual(subjects);
  });

  test("a list that is cut is a gap of its own", async () => {
    const cut = { "resourcemanager.ListResources.json": { TotalCount: 2, Resources: { Resource: [ECS] } } };
    const batch = await readBatch({ ...groups(), ...cut, ...capabilities() });
    expect(gapSubjects(batch, GROUP)).toEqual(["resourcemanager.ListResources"]);
    expect(codes(batch)).toEqual(["LIST_CUT"]);
  });

  test("codes and types in any letter case are one; ids are not", async () => {
    const { facts } = await readBatch(
      resources(ECS, { ...ECS, Service: "ECS", ResourceType: "Instance" }, { ...ECS, ResourceId: "I-1" }),
    );
    expect(facts.groupedResources.map(({ resourceId }) => resourceId)).toEqual(["I-1", "i-1"]);
  });

  test("an empty or missing region is a global resource", async () => {
    const { facts } = await readBatch(resources({ ...BUCKET, RegionId: "" }));
    expect(facts.groupedResources).toEqual([
      { accountId: ACCOUNT, service: "oss", resourceType: "bucket", resourceId: "photos", resourceGroupId: "rg-1" },
    ]);
  });

  test("whatever the list of types names can be in a group, its events are no matter", async () => {
    const row = { Service: "ECS", ResourceType: "instance", SupportResourceGroupEvent: false };
    const { facts } = await readBatch(capabilities(row, row));
    expect(facts.groupSupports).toEqual([{ service: "ecs", resourceType: "instance", isSupported: true }]);
  });

  test.each([
    ["a resource in two groups", resources(ECS, { ...ECS, ResourceGroupId: "rg-2" }), "EXPORT_CONTRADICTS_ITSELF"],
    ["another account's group", groups({ Id: "rg-1", Name: "n", AccountId: "2" }), "ACCOUNTS_MIXED"],
    ["a group without a name", groups({ Id: "rg-1" }), "MISSING_FIELD"],
    ["a resource without a group", resources({ ...ECS, ResourceGroupId: "" }), "MISSING_FIELD"],
    ["an id that is a number", resources({ ...ECS, ResourceId: 7 }), "UNEXPECTED_TYPE"],
    ["a type of 129 characters", resources({ ...ECS, ResourceType: "x".repeat(129) }), "TOO_LONG"],
    ["a region of 65 characters", resources({ ...ECS, RegionId: "x".repeat(65) }), "TOO_LONG"],
    [
      "types that are wrapped twice",
      { "resourcemanager.ListResourceGroupCapability.json": { Capabilities: { Capability: [] } } },
      "UNEXPECTED_TYPE",
    ],
  ])("%s refuses the export", async (_name, files, code) => {
    expect(await readRefusal(files)).toMatchObject({ code });
  });
});

describe("tags", () => {
  const ARN = `acs:ecs:cn-hangzhou:${ACCOUNT}:instance/i-1`;

  test.each([
    [`arn:${ARN}`, ARN],
    [ARN, ARN],
    ["arn:acs:oss:::bucket/a:b/c", "acs:oss:::bucket/a:b/c"],
  ])("the resource %s", async (text, arn) => {
    const { facts } = await readBatch(
      tags(text, [
        { Key: "owner", Value: "" },
        { Key: "Owner", Value: "é" },
      ]),
    );
    expect(facts.resourceTags).toEqual([
      { accountId: ACCOUNT, arn, key: "Owner", value: "é" },
      { accountId: ACCOUNT, arn, key: "owner", value: "" },
    ]);
  });

  test("a page that names a next one is cut without it", async () => {
    const cut = await readBatch(tags(ARN, [], { NextToken: "t" }));
    expect(codes(cut)).toEqual(["LIST_CUT"]);
    const last = { "tag.ListTagResources.2.json": { TagResources: [], NextToken: "" } };
    const whole = await readBatch({ "tag.ListTagResources.1.json": { TagResources: [], NextToken: "t" }, ...last });
    expect(codes(whole)).toEqual([]);
  });

  test.each([
    [
      "another account's resource",
      tags("arn:acs:ecs:cn-a:2:instance/i-1", [{ Key: "k", Value: "v" }]),
      "ACCOUNTS_MIXED",
    ],
    ["an account in letters", tags("arn:acs:ecs:cn-a:x:instance/i-1", []), "UNEXPECTED_TYPE"],
    ["no ARN", tags("i-1", []), "UNEXPECTED_TYPE"],
    [
      "two values of one tag",
      tags(ARN, [
        { Key: "k", Value: "v" },
        { Key: "k", Value: "w" },
      ]),
      "EXPORT_CONTRADICTS_ITSELF",
    ],
    ["a key of 129 characters", tags(ARN, [{ Key: "k".repeat(129) }]), "TOO_LONG"],
    ["an ARN of 513 characters", tags(ARN.padEnd(513, "x"), []), "TOO_LONG"],
  ])("%s refuses the export", async (_name, files, code) => {
    expect(await readRefusal(files)).toMatchObject({ code });
  });
});

describe("bucket policies", () => {
  const FILE = "oss.GetBucketPolicy.photos.json";
  const DOCUMENT =
    '{ "Version": "1",\r\n "Statement": [{ "Effect": "Deny", "Resource": "a\\"}{", "Principal": ["*"] }] }';

  test.each([
    ["bare", DOCUMENT],
    ["bare between blanks", `\n${DOCUMENT}\n`],
    ["wrapped as text", JSON.stringify({ RequestId: "1", Policy: DOCUMENT })],
    ["wrapped as an object", `{"RequestId":"1","Policy":${DOCUMENT},"More":{}}`],
  ])("a document %s is kept byte for byte", async (_name, content) => {
    const { facts } = await readBatch({ [FILE]: content });
    expect(facts.resourcePolicies).toEqual([
      { accountId: ACCOUNT, kind: "OSS_BUCKET", resource: "photos", documentText: DOCUMENT },
    ]);
  });

  test("a key twice in a document is left to the document's reader", async () => {
    const twice = '{"Version":"1","Statement":[],"Statement":[{"Effect":"Deny","Effect":"Allow"}]}';
    const { facts } = await readBatch({ [FILE]: twice, "oss.GetBucketPolicy.videos.json": `{"Policy":${twice}}` });
    expect(facts.resourcePolicies.map(({ documentText }) => documentText)).toEqual([twice, twice]);
  });

  test("a text that is no policy is kept, for its reader to say so", async () => {
    const { facts } = await readBatch({ [FILE]: { Policy: "none" } });
    expect(facts.resourcePolicies).toMatchObject([{ documentText: "none" }]);
  });

  test.each([
    ["none", {}, [ACCOUNT]],
    ["some, of an unknown number", { [FILE]: DOCUMENT }, ["oss.GetBucketPolicy"]],
    ["those of all buckets", { [FILE]: DOCUMENT, ...resources(BUCKET) }, []],
    [
      "one bucket's too few",
      { [FILE]: DOCUMENT, ...resources(BUCKET, { ...BUCKET, ResourceId: "videos" }) },
      ["videos"],
    ],
  ])("with %s, the gaps are %j", async (_name, files, subjects) => {
    expect(gapSubjects(await readBatch(files), POLICY)).toEqual(subjects);
  });

  test("a bucket that has no policy is no gap", async () => {
    const none = { Code: "NoSuchBucketPolicy", Message: "The bucket policy does not exist." };
    const batch = await readBatch({ [FILE]: none, ...resources(BUCKET) });
    expect(batch.facts.resourcePolicies).toEqual([]);
    expect(gapSubjects(batch, POLICY)).toEqual([]);
    expect(batch.findings).toEqual([]);
  });

  test("one that may not be read is", async () => {
    const batch = await readBatch({ [FILE]: { Code: "AccessDenied", Message: "no" }, ...resources(BUCKET) });
    expect(codes(batch)).toEqual(["ERROR_RESPONSE"]);
    expect(gapSubjects(batch, POLICY)).toContain("oss.GetBucketPolicy.photos");
  });

  test.each([
    ["another operation's response", "{}", "MISSING_FIELD"],
    ["a wrapped number", '{"Policy":7}', "UNEXPECTED_TYPE"],
    ["two wrapped documents", '{"Policy":"a","Policy":"b"}', "DUPLICATE_KEY"],
    ["a document of more than 1 MiB", JSON.stringify({ Policy: "x".repeat(1024 * 1024 + 1) }), "TOO_LONG"],
  ])("%s refuses the export", async (_name, content, code) => {
    expect(await readRefusal({ [FILE]: content })).toMatchObject({ code, file: FILE });
  });

  test("two policies of one bucket refuse the export", async () => {
    const files = { [FILE]: DOCUMENT, "oss.GetBucketPolicy.photos.2.json": '{"Version":"1"}' };
    expect(await readRefusal(files)).toMatchObject({ code: "EXPORT_CONTRADICTS_ITSELF" });
  });
});
