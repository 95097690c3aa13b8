import { describe, expect, test } from "@jest/globals";
import { readPage } from "../../src/importers/docs/read-page.js";
import { FORMATS, type Format, type Part, renderPage } from "./rendered-pages.js";

const ACTIONS = '"acme:Read",\n        "acme:Write"';
const OWN = `{
      "Action": "ram:DeleteServiceLinkedRole",
      "Resource": "*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "ram:ServiceName": "tunnel.acme.aliyuncs.com"
        }
      }
    }`;
const FIRST = `{
      "Action": [
        ${ACTIONS}
      ],
      "Resource": "*",
      "Effect": "Allow"
    }`;
const DOCUMENT = `{
  "Version": "1",
  "Statement": [
    ${FIRST},
    ${OWN}
  ]
}`;
const CREATION = (principal: string, account = "*"): string => `{
  "Statement": [
    {
      "Action": ["ram:CreateServiceLinkedRole"],
      "Resource": "acs:ram:*:${account}:role/*",
      "Effect": "Allow",
      "Condition": { "StringEquals": { "ram:ServiceName": ["${principal}"] } }
    }
  ],
  "Version": "1"
}`;

const ROLE = "AliyunServiceRoleForAcmeTunnel";
const POLICY = "AliyunServiceRolePolicyForAcmeTunnel";

/** The words of one language around the same facts. */
interface Words {
  readonly title: string;
  readonly role: string;
  readonly permissions: string;
  readonly forUsers: readonly Part[];
  readonly created: string;
  readonly purpose: string;
  readonly before: string;
  readonly lost: string;
  readonly deletion: string;
  readonly steps: readonly string[];
  readonly policy: string;
  readonly principal: (name: string) => string;
}

const LANGUAGES: Readonly<Record<"English" | "Chinese", Words>> = {
  English: {
    title: "Service-linked role for Acme Tunnel",
    role: `This page is about the role ${ROLE}.`,
    permissions: "Permission description",
    forUsers: [{ heading: "FAQ" }, { text: "A RAM user needs the following custom policy." }],
    created: `When you open a tunnel for the first time, the system automatically creates the ${ROLE} role.`,
    purpose: "Purpose: Acme Tunnel reads and writes boxes.",
    before: `Before you delete the ${ROLE} role, you must delete all tunnels.`,
    lost: `After you delete the ${ROLE} role, tunnels stop working.`,
    deletion: "Delete the role",
    steps: ["Close all tunnels.", `Delete the ${ROLE} role.`],
    policy: `Policy: ${POLICY}.`,
    principal: (name) => `Service name: ${name}`,
  },
  Chinese: {
    title: "Acme隧道服务关联角色",
    role: `本文介绍服务关联角色${ROLE}。`,
    permissions: "权限说明",
    forUsers: [{ heading: "常见问题" }, { text: "RAM用户需要添加如下自定义权限策略。" }],
    created: `当您首次打开隧道时，系统会自动创建服务关联角色${ROLE}。`,
    purpose: "用途：Acme隧道读写箱子。",
    before: `删除${ROLE}前，您需要先删除所有隧道。`,
    lost: `删除${ROLE}后，隧道将无法工作。`,
    deletion: "删除服务关联角色",
    steps: ["关闭所有隧道。", "删除服务关联角色。"],
    policy: `权限策略：${POLICY}。`,
    principal: (name) => `服务名称：${name}`,
  },
};

const WHOLE = [
  { actions: ["acme:Read", "acme:Write"], conditions: 0 },
  { actions: ["ram:DeleteServiceLinkedRole"], conditions: 1 },
];

interface Case {
  readonly parts: (words: Words) => readonly Part[];
  /** The role as it must be read, with its statements in short; undefined where none may be. */
  readonly role: object | undefined;
  readonly statements?: readonly object[];
  readonly codes: readonly string[];
  /** Where a defect cannot occur in every format. */
  readonly formats?: readonly Format[];
}

const page = (words: Words, ...json: readonly string[]): Part[] => [
  { heading: words.title },
  { text: words.role },
  { heading: words.permissions },
  ...json.map((text) => ({ json: text })),
];
const printed = (json: string, ...codes: readonly string[]): Case => ({
  parts: (words) => page(words, json),
  role: { name: ROLE, serviceName: "tunnel.acme.aliyuncs.com" },
  statements: WHOLE,
  codes,
});

const CASES: Readonly<Record<string, Case>> = {
  "a whole document": printed(DOCUMENT),
  "keys in another order": printed(`{"Statement": [${FIRST}, ${OWN}], "Version": "1"}`),
  "a principal in a list": printed(DOCUMENT.replace('"tunnel.acme.aliyuncs.com"', '["tunnel.acme.aliyuncs.com"]')),
  "no indentation": printed(DOCUMENT.replace(/^ +/gm, "")),
  "no-break spaces": printed(
    DOCUMENT.replace(/^ +/gm, (blanks) => "\u00a0".repeat(blanks.length)),
    "ODD_BLANK",
  ),
  "typographic quotes": printed(DOCUMENT.replace('"acme:Read"', "“acme:Read”"), "ODD_QUOTES"),
  "corner brackets": printed(DOCUMENT.replace('"acme:Read"', "「acme:Read」"), "ODD_QUOTES"),
  "backslashes at line ends": printed(DOCUMENT.replace(/\[$/gm, "[\\"), "STRAY_BACKSLASH"),
  "a comment": printed(DOCUMENT.replace('"acme:Write"', '"acme:Write" // boxes'), "COMMENT_IN_JSON"),
  "a comma missing between actions": printed(DOCUMENT.replace('"acme:Read",', '"acme:Read"'), "MISSING_COMMA"),
  "a comma too many": printed(DOCUMENT.replace('"acme:Write"', '"acme:Write",'), "TRAILING_COMMA"),
  "a wide comma": printed(DOCUMENT.replace('"acme:Read",', '"acme:Read"，'), "WIDE_PUNCTUATION"),
  "an action twice": {
    ...printed(DOCUMENT.replace('"acme:Write"', '"acme:Write", "acme:Read"'), "DUPLICATE_ACTION"),
    statements: [{ actions: ["acme:Read", "acme:Write", "acme:Read"], conditions: 0 }, ...WHOLE.slice(1)],
  },
  "blanks in an action": {
    ...printed(DOCUMENT.replace('"acme:Write"', '"acme:Write  "'), "ACTION_HAS_BLANKS"),
    statements: [{ actions: ["acme:Read", "acme:Write  "], conditions: 0 }, ...WHOLE.slice(1)],
  },
  "bare statements": printed(`${FIRST},\n${OWN},`, "STATEMENTS_WRAPPED", "TRAILING_COMMA"),
  "braces that do not balance": {
    ...printed(DOCUMENT.slice(0, -4), "UNBALANCED_BRACES"),
    role: undefined,
  },
  "the name glued to the brace": {
    parts: (words) => [...page(words), { json: `${ROLE}${DOCUMENT}` }],
    role: { name: ROLE, serviceName: "tunnel.acme.aliyuncs.com" },
    statements: WHOLE,
    codes: [],
    formats: ["text", "HTML"],
  },
  "no principal": {
    parts: (words) => page(words, `{"Version": "1", "Statement": [${FIRST}]}`),
    role: { name: ROLE },
    statements: WHOLE.slice(0, 1),
    codes: ["ROLE_WITHOUT_PRINCIPAL"],
  },
  "the principal on a line of its own": {
    parts: (words) => [
      ...page(words, `{"Version": "1", "Statement": [${FIRST}]}`),
      { text: words.principal("tunnel.acme.aliyuncs.com") },
    ],
    role: { name: ROLE, serviceName: "tunnel.acme.aliyuncs.com" },
    statements: WHOLE.slice(0, 1),
    codes: [],
  },
  "a policy of another principal": {
    parts: (words) => [
      { heading: words.title },
      { text: words.role },
      { text: words.principal("a.acme.aliyuncs.com") },
      { json: DOCUMENT },
    ],
    role: { name: ROLE, serviceName: "a.acme.aliyuncs.com" },
    codes: ["UNATTRIBUTED_POLICY"],
  },
  "a permission for users": {
    parts: (words) => [...page(words, DOCUMENT), ...words.forUsers, { json: CREATION("tunnel.acme.aliyuncs.com") }],
    role: { name: ROLE, creationPolicy: CREATION("tunnel.acme.aliyuncs.com") },
    statements: WHOLE,
    codes: [],
  },
  "a permission for users with a blank to fill": {
    parts: (words) => [...page(words, DOCUMENT), ...words.forUsers, { json: CREATION("<service-name>", "Account ID") }],
    role: { name: ROLE, creationPolicy: CREATION("tunnel.acme.aliyuncs.com") },
    statements: WHOLE,
    codes: ["PLACEHOLDER_IN_ARN"],
  },
  "another policy for users": {
    parts: (words) => [...page(words, DOCUMENT), ...words.forUsers, { json: FIRST.replace("acme:Read", "acme:Drop") }],
    role: { name: ROLE },
    statements: WHOLE,
    codes: ["UNATTRIBUTED_POLICY"],
  },
  "a principal that only a permission for users names": {
    parts: (words) => [
      ...page(words, `{"Version": "1", "Statement": [${FIRST}]}`),
      ...words.forUsers,
      { json: CREATION("tunnel.acme.aliyuncs.com") },
    ],
    role: { name: ROLE, serviceName: "tunnel.acme.aliyuncs.com" },
    statements: WHOLE.slice(0, 1),
    codes: ["PRINCIPAL_FROM_CREATION_POLICY"],
  },
  "a principal of a service that nothing else on the page names": {
    parts: (words) => [
      ...page(words, `{"Version": "1", "Statement": [${FIRST}]}`),
      ...words.forUsers,
      { json: CREATION("zebra.aliyuncs.com") },
    ],
    role: { name: ROLE },
    statements: WHOLE.slice(0, 1),
    codes: ["PRINCIPAL_DOUBTFUL", "ROLE_WITHOUT_PRINCIPAL"],
  },
  "a role called by its policy": {
    parts: ({ title, permissions }) => [
      { heading: title },
      { heading: POLICY },
      { heading: permissions },
      { json: DOCUMENT },
    ],
    role: { name: ROLE, policyName: POLICY, serviceName: "tunnel.acme.aliyuncs.com" },
    statements: WHOLE,
    codes: ["ROLE_NAMED_BY_POLICY"],
  },
  "a name that is cut in two": {
    parts: (words) => [...page(words), { heading: ROLE.replace("Acme", " Acme") }, { json: DOCUMENT }],
    role: { name: ROLE, serviceName: "tunnel.acme.aliyuncs.com" },
    statements: WHOLE,
    codes: ["ROLE_NAME_MISSPELT"],
  },
  "a letter too many": {
    parts: (words) => [...page(words, DOCUMENT), { text: words.before.replace(ROLE, `A${ROLE}`) }],
    role: { name: ROLE, prerequisitesForDeletion: [expect.stringContaining(` ${ROLE}`.slice(1))] },
    statements: WHOLE,
    codes: ["ROLE_NAME_MISSPELT"],
  },
  "what sentences and labels tell": {
    parts: (words) => [
      ...page(words, DOCUMENT),
      ...[words.policy, words.purpose, words.created, words.before, words.lost].map((text) => ({ text })),
    ],
    role: {
      name: ROLE,
      policyName: POLICY,
      purpose: expect.stringMatching(/boxes|箱子/),
      createdWhen: expect.stringContaining(ROLE),
      prerequisitesForDeletion: [expect.stringContaining(ROLE)],
      consequences: [expect.stringContaining(ROLE)],
    },
    statements: WHOLE,
    codes: [],
  },
  "steps before the deletion": {
    parts: (words) => [...page(words, DOCUMENT), { heading: words.deletion }, { steps: words.steps }],
    role: { name: ROLE, prerequisitesForDeletion: [expect.stringMatching(/Close all tunnels|关闭所有隧道/)] },
    statements: WHOLE,
    codes: [],
  },
};

const RUNS = Object.entries(CASES).flatMap(([name, one]) =>
  (["English", "Chinese"] as const).flatMap((language) =>
    (one.formats ?? FORMATS).map((format) => [name, language, format, one] as const),
  ),
);

describe("a page with one defect says the same in every format and language", () => {
  test.each(RUNS)("%s, %s, %s", (_name, language, format, { parts, role, statements, codes }) => {
    const reading = readPage(Buffer.from(renderPage(parts(LANGUAGES[language]), format)), { fileName: "page" });
    const batch = "batch" in reading ? reading.batch : undefined;
    const [found, ...others] = batch?.facts.roles ?? [];
    expect(others).toEqual([]);
    if (role === undefined) expect(found?.document).toBeUndefined();
    else expect(found).toMatchObject(role);
    if (role !== undefined && !("serviceName" in role) && codes.includes("ROLE_WITHOUT_PRINCIPAL"))
      expect(found).not.toHaveProperty("serviceName");
    if (role !== undefined) expect(inShort(found?.document)).toEqual(statements);
    const noted = batch?.findings.map(({ code }) => code) ?? [];
    if (batch !== undefined) expect([...new Set(noted)].toSorted()).toEqual(codes.toSorted());
  });
});

function inShort(document: string | undefined): object[] | undefined {
  if (document === undefined) return undefined;
  const { Statement } = JSON.parse(document) as {
    Statement: { Action: string | string[]; Condition?: object }[];
  };
  return Statement.map(({ Action, Condition = {} }) => ({
    actions: [Action].flat(),
    conditions: Object.keys(Condition).length,
  }));
}
