import type { Snapshot } from "../src/grants/snapshot.js";
import { startChild } from "./child-server.js";
import { askCan, askWhoCan } from "./core-figures.js";
import { type Figure, milliseconds } from "./figure.js";
import { HttpClient, type Operation } from "./http-client.js";
import { type BenchQuestion, questionsAbout } from "./questions.js";
import { type Timing, timingOf } from "./stopwatch.js";

const REQUEST = "$request: AccessRequestInput!";
const CAN = `query Can(${REQUEST}) { can(request: $request) { verdict } }`;
const CAN_MANY = "query CanMany($requests: [AccessRequestInput!]!) { canMany(requests: $requests) { verdict } }";
const WHO_CAN = `query WhoCan($actions: ActionInput!, $resource: ResourceInput!, $first: Int) {
  whoCan(actions: $actions, resource: $resource, first: $first) {
    totalCount edges { node { ... on User { name arn } ... on Role { name arn } } decision { verdict } } } }`;
const PERMISSIONS = `query Permissions($arn: ARN!) { byArn(arn: $arn) { ... on User { ...held } ... on Role { ...held } } }
fragment held on Principal {
  permissions(first: 100) { totalCount nodes { action { name } decision { verdict } } } }`;

/** What is measured over HTTP, with the ratios to `hello` that are aimed at. */
interface Course {
  readonly what: string;
  readonly operations: readonly Operation[];
  readonly p50: number;
  readonly p99?: number;
  /** How often it is asked in a row; 60 times where that is left out. */
  readonly batch?: number;
}

/** Answers over HTTP, each as a ratio to `hello` of a bare Apollo standalone server, asked in turns in the same run. */
export async function measureHttp(snapshot: Snapshot, dataDir: string, rounds: number): Promise<readonly Figure[]> {
  const [hello, ours] = await Promise.all([startChild("hello-server.ts"), startChild("ramgraph-server.ts", [dataDir])]);
  const client = new HttpClient();
  try {
    const questions = questionsAbout(snapshot, 300, 11);
    await checkAnswers(client, ours.url, snapshot, questions.slice(0, 60));
    const courses = coursesOf(snapshot, questions);
    const times = new Map<string, number[]>();
    for (let round = 0; round <= rounds; round++) {
      await askAll(client, hello.url, { what: "hello", operations: [{ query: "{ hello }" }] }, times, round === 0);
      for (const course of courses) await askAll(client, ours.url, course, times, round === 0);
    }
    const base = timingOf(times.get("hello") ?? []);
    return [
      loading(ours.loadMs, ours.rss ?? 0),
      { what: "hello of a bare Apollo server", target: "", measured: shown(base), ratio: 1 },
      ...courses.map((course) => figureOf(course, timingOf(times.get(course.what) ?? []), base)),
    ];
  } finally {
    client.close();
    await Promise.all([hello.stop(), ours.stop()]);
  }
}

/** The first round warms both servers up and is not counted. */
async function askAll(
  client: HttpClient,
  url: string,
  { what, operations, batch = 60 }: Pick<Course, "what" | "operations" | "batch">,
  times: Map<string, number[]>,
  isWarmUp: boolean,
): Promise<void> {
  const own = times.get(what) ?? [];
  times.set(what, own);
  for (let at = 0; at < batch; at++) {
    const operation = operations[at % operations.length];
    if (operation === undefined) continue;
    const start = performance.now();
    await client.ask(url, operation);
    if (!isWarmUp) own.push(performance.now() - start);
  }
}

function coursesOf(snapshot: Snapshot, questions: readonly BenchQuestion[]): readonly Course[] {
  const whoCan = (first: number) =>
    questions.slice(0, 20).map(({ action, arn }) => ({
      query: WHO_CAN,
      variables: { actions: { name: action }, resource: { arn }, first },
    }));
  const thousand = Array.from({ length: 1000 }, (_, at) => requestOf(questions[at % questions.length]));
  return [
    {
      what: "`can`",
      operations: questions.map((question) => ({ query: CAN, variables: { request: requestOf(question) } })),
      p50: 1.1,
      p99: 2,
    },
    { what: "`whoCan`, first 25", operations: whoCan(25), p50: 1.6, batch: 20 },
    { what: "`whoCan`, first 100", operations: whoCan(100), p50: 2.5, batch: 20 },
    {
      what: "`permissions`, first 100",
      operations: [{ query: PERMISSIONS, variables: { arn: widest(snapshot) } }],
      p50: 4,
      batch: 6,
    },
    {
      what: "`canMany` of 1,000",
      operations: [{ query: CAN_MANY, variables: { requests: thousand } }],
      p50: 40,
      batch: 4,
    },
  ];
}

function requestOf(question: BenchQuestion | undefined): object {
  if (question === undefined) throw new Error("nothing to ask");
  const { principal, action, arn } = question;
  return { principal: principal.arn, actions: { name: action }, resource: { arn } };
}

/** Who has the most policies. */
function widest({ principals, attachmentsOfPrincipal }: Snapshot): string {
  const count = (key: string) => attachmentsOfPrincipal.get(key)?.length ?? 0;
  return principals.reduce((most, each) => (count(each.key) > count(most.key) ? each : most)).arn;
}

/** Nothing is timed that answers otherwise than the core does. */
async function checkAnswers(
  client: HttpClient,
  url: string,
  snapshot: Snapshot,
  questions: readonly BenchQuestion[],
): Promise<void> {
  for (const question of questions) {
    const { verdict } = askCan(snapshot, question);
    const expected = `{"data":{"can":{"verdict":"${verdict}"}}`;
    const answer = await client.ask(url, { query: CAN, variables: { request: requestOf(question) } });
    if (!answer.startsWith(`${expected},`)) throw new Error(`\`can\` answers ${answer} instead of ${expected}`);
  }
  for (const question of questions.slice(0, 5)) {
    const [operation] = coursesOf(snapshot, [question])[1]?.operations ?? [];
    if (operation === undefined) continue;
    const expected = `{"data":{"whoCan":{"totalCount":${askWhoCan(snapshot, question).length},`;
    const answer = await client.ask(url, operation);
    if (!answer.startsWith(expected)) throw new Error(`\`whoCan\` answers ${answer.slice(0, 80)}, not ${expected}`);
  }
}

function figureOf({ what, p50, p99 }: Course, timing: Timing, base: Timing): Figure {
  const ratio = timing.p50 / base.p50;
  const tail = timing.p99 / base.p99;
  const target = `≤ ${p50} × hello${p99 === undefined ? "" : `, p99 ≤ ${p99} ×`}`;
  const measured = `${shown(timing)}, p99 ${tail.toPrecision(3)} ×`;
  return { what, target, measured, ratio, isMet: ratio <= p50 && tail <= (p99 ?? Number.POSITIVE_INFINITY) };
}

function loading(loadMs: number, rss: number): Figure {
  const mib = rss / 2 ** 20;
  return {
    what: "start to first answer, memory after it",
    target: "≤ 5 s, ≤ 500 MiB at L",
    measured: `${milliseconds(loadMs)}, ${Math.round(mib)} MiB RSS`,
    isMet: loadMs <= 5000 && mib <= 500,
  };
}

const shown = ({ p50, p99 }: Timing): string => `${milliseconds(p50)} (p99 ${milliseconds(p99)})`;
