import fc from "fast-check";
import type { World } from "../worlds/build-world.js";

const allow = (Action: string, Resource: string | readonly string[] = "*") => ({ Effect: "Allow", Action, Resource });
const POLICIES = {
  Any: [allow("sts:AssumeRole")],
  Own: [allow("sts:*", "acs:ram:*:111:role/*")],
  Two: [allow("sts:AssumeRole", ["acs:ram:*:*:role/first", "acs:ram:*:*:role/far"])],
  Once: [{ ...allow("sts:AssumeRole"), Condition: { StringEquals: { "c:s": "a" } } }],
  Stay: [{ ...allow("sts:AssumeRole", "acs:ram:*:*:role/next"), Effect: "Deny" }],
  Stop: [allow("ecs:Stop", "acs:ecs:*:*:instance/i-1")],
  Stops: [allow("ecs:Stop", "acs:ecs:*:*:instance/*")],
  All: [allow("ecs:*"), allow("oss:Get", "acs:oss:*:*:b/*")],
  Never: [{ ...allow("ecs:*"), Effect: "Deny" }],
};
const trust = fc
  .constantFrom<unknown>(
    { RAM: "acs:ram::111:root" },
    { RAM: ["acs:ram::111:root", "acs:ram::222:root"] },
    { RAM: ["acs:ram::111:user/alice", "acs:ram::111:role/first"] },
    { RAM: ["acs:ram::222:user/eve", "acs:ram::111:role/next"] },
    { RAM: ["1001", "2001"] },
    { Service: "ecs.aliyuncs.com" },
  )
  .map((Principal) => [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }]);
const carried = fc.subarray(Object.keys(POLICIES), { maxLength: 3 });
const bucket = fc.constantFrom(["*"], ["2001"], ["9999"]).map((Principal) => [{ ...allow("oss:Get"), Principal }]);

/** Worlds in which many get from role to role, also by ids that trust policies name. */
export const connectedWorld: fc.Arbitrary<World> = fc.record({
  policies: fc.constant(POLICIES),
  users: fc.record({ alice: carried, bob: carried, carol: carried, "222/eve": carried }),
  roles: fc.record({ first: carried, next: carried, last: carried, "222/far": carried }),
  trusts: fc.record({ first: trust, next: trust, last: trust, "222/far": trust }),
  ids: fc.constantFrom({ alice: "1001", first: "2001" }, { alice: "1001", bob: "1002", carol: "1003", first: "2002" }),
  buckets: fc.oneof(fc.constant({}), fc.record({ b: bucket })),
});
