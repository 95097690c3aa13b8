/** What policies of a world speak of: 60 services with 60 actions each. */
type List = readonly [string, ...string[]];

const words = (text: string): List => {
  const [first = "", ...rest] = text.split(" ");
  return [first, ...rest];
};

export const SERVICES = words(
  "ecs oss rds vpc slb alb nlb cs cr fc log kms ram sts actiontrail cms ess eci cdn dcdn pvtz alidns nas hbr mq mns " +
    "alikafka ons eventbridge arms sls kvstore dds polardb adb gpdb hbase tablestore odps dataworks emr pai eas elasticsearch " +
    "opensearch live vod imm green sas waf ddoscoo bastionhost config resourcemanager ros oos tag cen smartag",
);
const VERBS = words("Describe List Create Modify Delete Attach");
const NOUNS = words("Instances Disks Snapshots Images Rules Groups Tasks Keys Tags Attributes");
export const TYPES = words("instance disk snapshot image rule group task key bucket topic");

/** `ecs:DescribeInstances` and its like. */
export const actionAt = (service: string, index: number): string =>
  `${service}:${VERBS[index % VERBS.length] ?? ""}${NOUNS[Math.floor(index / VERBS.length) % NOUNS.length] ?? ""}`;

export const ACTIONS_PER_SERVICE = VERBS.length * NOUNS.length;
