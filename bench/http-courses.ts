import type { Snapshot } from "../src/grants/snapshot.js";
import type { Operation } from "./http-client.js";
import type { BenchQuestion } from "./questions.js";

const REQUEST = "$request: AccessRequestInput!";
const CAN = `query Can(${REQUEST}) { can(request: $request) { verdict } }`;
const CAN_MANY = "query CanMany($requests: [AccessRequestInput!]!) { canMany(requests: $requests) { verdict } }";
const WHO_CAN = `query WhoCan($actions: ActionInput!, $resource: ResourceInput!, $first: Int) {
  whoCan(actions: $actions, resource: $resource, first: $first) {
    totalCount edges { node { ... on User { name arn } ... on Role { name arn } } decision { verdict } } } }`;
const PERMISSIONS = `query Permissions($arn: ARN!) { byArn(arn: $arn) { ... on User { ...held } ... on Role { ...held } } }
fragment held on Principal {
  permissions(first: 100) { totalCount nodes { action { name } decision { verdict } } } }`;

/** Some operations that are measured together over HTTP, and how many times the cost of `hello` they may have. */
export interface Course {
  readonly what: string;
  readonly operations: readonly Operation[];
  readonly p50?: number;
  readonly p99?: number;
  /** How often one of them is asked in a row. */
  readonly batch: number;
}

/** Could that principal do it? */
export const canOf = (question: BenchQuestion): Operation => ({
  query: CAN,
  variables: { request: requestOf(question) },
});

/** Who could do it, so many at once? */
export const whoCanOf = ({ action, arn }: BenchQuestion, first: number): Operation => ({
  query: WHO_CAN,
  variables: { actions: { name: action }, resource: { arn }, first },
});

/** What is asked of a world, apart from `hello`. */
export function coursesOf(snapshot: Snapshot, questions: readonly BenchQuestion[]): readonly Course[] {
  const some = questions.slice(0, 20);
  const [one] = questions;
  if (one === undefined) throw new Error("nothing to ask");
  const requests = Array.from({ length: 1000 }, (_, at) => requestOf(questions[at % questions.length] ?? one));
  const [permissions, canMany] = [PERMISSIONS, CAN_MANY];
  return [
    { what: "`can`", operations: questions.map(canOf), p50: 1.1, p99: 2, batch: 60 },
    { what: "`whoCan`, first 25", operations: some.map((each) => whoCanOf(each, 25)), p50: 1.6, batch: 60 },
    { what: "`whoCan`, first 100", operations: some.map((each) => whoCanOf(each, 100)), p50: 2.5, batch: 60 },
    {
      what: "`permissions` of the widest principal, first 100",
      operations: [{ query: permissions, variables: { arn: widest(snapshot) } }],
      p50: 4,
      batch: 60,
    },
    { what: "`canMany` of 1,000", operations: [{ query: canMany, variables: { requests } }], p50: 40, batch: 4 },
  ];
}

function requestOf({ principal, action, arn }: BenchQuestion): object {
  return { principal: principal.arn, actions: { name: action }, resource: { arn } };
}

/** Who has the most policies. */
function widest({ principals, attachmentsOfPrincipal }: Snapshot): string {
  const count = (key: string) => attachmentsOfPrincipal.get(key)?.length ?? 0;
  return principals.reduce((most, each) => (count(each.key) > count(most.key) ? each : most)).arn;
}
