import type { Snapshot } from "../src/grants/snapshot.js";
import type { Operation } from "./http-client.js";
import { questionsAbout } from "./questions.js";
import { ACCOUNT } from "./world.js";

/** Whom and what of the world is asked about. */
interface Names {
  readonly user: string;
  readonly role: string;
  readonly policy: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * A question for nearly every field and argument of the API: what is not asked all day must not keep others waiting either.
 *
 * @param earlier a revision that the server has not loaded
 */
export function sweepQuestions(snapshot: Snapshot, earlier: string): readonly Operation[] {
  const names = namesOf(snapshot);
  const people = [names.user, names.role].flatMap((arn) => OF_PRINCIPAL.map((field) => onPrincipal(arn, field)));
  const roles = OF_ROLE.map((field) => `{byArn(arn:"${names.role}"){... on Role{${field}}}}`);
  const queries = [
    ...LISTS,
    ...people,
    ...roles,
    ...whoCan(names),
    ...decisions(names),
    ...supposed(names),
    apart(earlier),
  ];
  return queries.map((query) => ({ query }));
}

function namesOf(snapshot: Snapshot): Names {
  const [question] = questionsAbout(snapshot, 1, 11);
  const role = snapshot.principals.find(({ kind, accountId }) => kind === "ROLE" && accountId === ACCOUNT);
  const policy = [...snapshot.policies.values()].find(({ policy: { accountId } }) => accountId === ACCOUNT)?.policy;
  if (question === undefined || role === undefined || policy === undefined) throw new Error("nothing to ask");
  const { action, arn: resource, principal } = question;
  const names = { user: principal.arn, role: role.arn, policy: `acs:ram::${ACCOUNT}:policy/${policy.name}` };
  return { ...names, action, resource };
}

const LISTS = [
  "{users(first:100){totalCount nodes{name arn}}}",
  '{users(first:100,nameContains:"731"){totalCount nodes{name arn}}}',
  "{users(first:50){nodes{name attachments(first:10){totalCount nodes{scope}} groups{totalCount nodes{name}}}}}",
  "{users(first:20){nodes{name permissionSummary{allowed}}}}",
  "{roles(first:100){totalCount nodes{name arn}}}",
  '{roles(first:100,filterBy:{nameContains:"10"}){totalCount nodes{name}}}',
  "{roles(first:100,orderBy:{field:NAME,direction:DESC}){totalCount nodes{name}}}",
  "{roles(first:50,filterBy:{isServiceLinked:true}){totalCount nodes{name}}}",
  "{roles(first:20){nodes{name permissions(first:1){totalCount}}}}",
  "{groups(first:50){totalCount nodes{name users(first:50){totalCount nodes{name}} attachments(first:50){totalCount}}}}",
  "{policies(first:100){nodes{name isHighRisk arn type description account{accountId} source{title}}}}",
  "{policies(first:100){nodes{name findings(first:10){totalCount nodes{message}} versions(first:5){totalCount}}}}",
  "{policies(first:100){nodes{name attachments(first:10){totalCount nodes{scope attachedAt}}}}}",
  "{policies(first:100,orderBy:{field:ATTACHMENT_COUNT,direction:DESC}){totalCount nodes{name}}}",
  "{policies(first:100,filterBy:{isAttached:true}){totalCount nodes{name}}}",
  '{policies(first:100,filterBy:{grantsAction:"ecs:DeleteInstance"}){totalCount nodes{name}}}',
  '{policies(first:100,filterBy:{nameContains:"15"}){totalCount nodes{name}}}',
  "{snapshot{coverage{isComplete gaps{detail}} findings(first:100){totalCount} sources{totalCount}}}",
  "{snapshots(first:100){totalCount nodes{revision committedAt importRun{number}}}}",
  "{accounts{totalCount nodes{accountId alias importedAt}}}",
  '{search(query:"user-731"){totalCount nodes{__typename}}}',
  '{search(query:"delete"){totalCount nodes{__typename}}}',
  '{search(query:"a"){totalCount nodes{__typename}}}',
  '{search(query:"no such name"){totalCount nodes{__typename}}}',
  "{actions(first:100){totalCount nodes{name accessLevels service{name}}}}",
  '{actions(pattern:"ecs:*",first:100){nodes{name grantedBy(first:10){totalCount nodes{__typename}}}}}',
  "{services(first:100){totalCount nodes{name code dependsOn{__typename} usedBy{__typename} granularity}}}",
  "{escalations(first:25){totalCount nodes{__typename}}}",
];

const OF_PRINCIPAL = [
  "attachments(first:100){totalCount nodes{scope attachedAt policy{name}}}",
  "permissions(first:100){totalCount nodes{action{name} decision{verdict}}}",
  "permissions(first:100,orderBy:{field:ACCESS_LEVEL,direction:DESC}){nodes{action{name} decision{sentence}}}",
  "permissionSummary{accessLevel allowed conditional undetermined service{name}}",
  "assumableRoles(first:25){totalCount nodes{__typename}}",
  "assumableRoles(first:25,reach:ASSUMED){totalCount nodes{__typename}}",
  "escalationPaths(first:25){totalCount nodes{__typename}}",
  "findings(first:25){totalCount nodes{message}}",
  'resources(action:"ecs:DeleteInstance",first:100){totalCount nodes{__typename}}',
];

const onPrincipal = (arn: string, field: string) =>
  `{byArn(arn:"${arn}"){... on User{${field}} ... on Role{${field}}}}`;

const OF_ROLE = [
  "assumableBy(first:25){totalCount nodes{__typename}}",
  "assumableBy(first:25,reach:ASSUMED){totalCount nodes{__typename}}",
  "deletionImpact{verdict lostAccess(first:25){totalCount} stranded(first:25){totalCount} whoCanDelete(first:25){totalCount}}",
];

function whoCan({ action, resource, role }: Names): readonly string[] {
  const [one, pattern] = [`{name:"${action}"}`, resource.replace(/[^/]+$/, "*")];
  const two = `["${action}","ecs:StopInstance"]`;
  const ask = (actions: string, on: string, more = "", fields = "edges{decision{verdict}}") =>
    `{whoCan(actions:${actions},resource:${on}${more}){totalCount nodes{... on User{name arn} ... on Role{name arn}} ${fields}}}`;
  const arn = `{arn:"${resource}"}`;
  return [
    ask(one, "{unscoped:true}"),
    ask(one, arn),
    ask(one, arn, ",verdicts:[EXPLICIT_DENY,IMPLICIT_DENY]"),
    ask(one, arn, ",orderBy:{field:NAME,direction:ASC}"),
    ask(one, arn, ",orderBy:{field:VERDICT,direction:DESC}"),
    ask(one, arn, ",types:[ROLE]"),
    ask(one, arn, ',context:{entries:[{key:"acs:SourceIp",values:["10.0.0.1"]}]}'),
    ask(one, `{anyOf:{pattern:"${pattern}"}}`),
    ask(one, `{allOf:{pattern:"${pattern}"}}`),
    ask(one, `{arns:["${resource}","${resource}0"]}`),
    ask(`{anyOf:${two}}`, arn),
    ask(`{allOf:${two}}`, arn),
    ask('{name:"sts:AssumeRole"}', `{arn:"${role}"}`),
    ask('{name:"oss:GetObject"}', `{arn:"acs:oss:*:${ACCOUNT}:bucket/a"}`),
    ask(one, arn, ",reach:ASSUMED"),
    ask(one, arn, "", "coverage{isComplete gaps{detail}}"),
    ask(
      one,
      arn,
      "",
      "edges{decision{sentence blockedBy decidedBy{__typename} condition{__typename} warnings{message}}}",
    ),
    ask(one, arn, "", "edges{decision{trace(first:25){totalCount nodes{__typename}} nearMisses{__typename}}}"),
  ];
}

function decisions({ user, role, action, resource }: Names): readonly string[] {
  const can = (fields: string) =>
    `{can(request:{principal:"${user}",actions:{name:"${action}"},resource:{arn:"${resource}"}}){verdict ${fields}}}`;
  return [
    can("sentence trace(first:100){totalCount nodes{__typename}} nearMisses{__typename} warnings{message}"),
    can("guardians(first:25){totalCount nodes{__typename}}"),
    `{compare(base:{principal:"${user}"},head:{principal:"${role}"}){totalCount nodes{__typename}}}`,
  ];
}

function supposed({ role, policy, action }: Names): readonly string[] {
  const changes = [`{deletePolicy:"${policy}"}`, `{deleteRole:"${role}"}`];
  return changes.flatMap((change) => [
    `{whoCan(at:{changes:[${change}]},actions:{name:"${action}"},resource:{unscoped:true}){totalCount}}`,
    `{compare(base:{},head:{at:{changes:[${change}]}}){totalCount nodes{__typename}}}`,
  ]);
}

/** Two states that share nothing. */
const apart = (earlier: string) =>
  `{compare(base:{at:{revision:"${earlier}"}},head:{}){totalCount nodes{__typename} coverage{isComplete}}}`;
