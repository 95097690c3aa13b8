import { describe, expect, test } from "@jest/globals";
import { inferAccessLevel } from "../../src/inventory/infer-access-level.js";

describe("the level that a verb suggests", () => {
  test.each([
    ["ecs:DescribeInstances", "GET"],
    ["oss:GetBucketAcl", "GET"],
    ["dataworks:QueryRealTimeProcessStatus", "GET"],
    ["arms:CheckServiceStatus", "GET"],
    ["edas:ReadCluster", "GET"],
    ["ots:BatchGetRow", "GET"],
    ["privatelink:ListVpcEndpoints", "LIST"],
    ["kms:Listkeys", "LIST"],
    ["ecs:CreateSecurityGroup", "CREATE"],
    ["privatelink:AddZoneToVpcEndpoint", "CREATE"],
    ["mq:RegisterCaCertificate", "CREATE"],
    ["ecs:deletesecuritygroup", "DELETE"],
    ["privatelink:RemoveZoneFromVpcEndpoint", "DELETE"],
    ["eventbridge:UpdateEventStreaming", "UPDATE"],
    ["slb:ModifyLoadBalancerInternetSpec", "UPDATE"],
    ["slb:SetBackendServers", "UPDATE"],
    ["kms:UntagResource", "UPDATE"],
    ["kms:Decrypt", "NONE"],
    ["ram:PassRole", "NONE"],
    ["x:Settle", "NONE"],
    ["x:Getaway", "NONE"],
    ["x:Addresses", "NONE"],
    ["x:ListenerStatus", "NONE"],
    ["x:URLCheck", "NONE"],
    ["x:", "NONE"],
  ])("%s: %s", (action, level) => {
    expect(inferAccessLevel(action)).toBe(level);
  });
});
