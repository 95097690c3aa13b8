import type { Example } from "../../src/app/example.js";

/** An example with the answer that it gets. */
export interface AnsweredExample {
  readonly example: Example;
  readonly data: unknown;
  readonly isOfDemo: boolean;
}

const HEAD = `# Questions

Every question of the playground with its real answer. \`ramgraph ask <name>\` asks it (in a checkout of this project, \`ramgraph\` is
\`npm run -s ramgraph --\`), \`--variable name=value\` asks it of something else, and \`--format table\` prints rows. Answers come from the shipped catalog, or, where it says so, from the demonstration company that
\`ramgraph demo\` brings in. Long lists are cut here; times are replaced. This page is made by a test, which fails where it is out of date
(\`UPDATE_GOLDEN=1 npm test -- test/graphql/goldens\` writes it).

On the command line:

| to | run |
|---|---|
| get rows, or CSV for a spreadsheet | \`ramgraph ask PeopleOfAllAccounts --format table\`, \`--format csv\` |
| draw who gets where, or which service uses which | \`ramgraph ask WhoBecomesAdministrator --format mermaid\`, \`ramgraph ask WhatDependsOnWhat --format dot\` |
| ask of an earlier state: a revision, or an instant (\`asOf\`) since the first import | \`ramgraph ask WhoCouldThen --variable 'then={"revision":"3"}'\` |
| check documents before they are put | \`ramgraph check policies/ --format sarif\` |
| see a denial of the cloud beside the own answer | \`ramgraph explain denial.json\` |
`;

/** The text of docs/questions.md. */
export function questionsPage(answered: readonly AnsweredExample[]): string {
  return [HEAD, ...answered.map(section)].join("\n");
}

function section({ example, data, isOfDemo }: AnsweredExample): string {
  const { name, description, query, variables } = example;
  const given = Object.keys(variables).length === 0 ? [] : ["with", block("json", JSON.stringify(variables, null, 2))];
  return [
    `## ${name}\n`,
    `${description}${isOfDemo ? "" : " *Asked of the shipped catalog.*"}\n`,
    block(
      "graphql",
      query
        .split("\n")
        .filter((line) => !line.startsWith("#"))
        .join("\n")
        .trim(),
    ),
    ...given,
    "answers",
    block("json", JSON.stringify(cut(data), null, 2)),
  ].join("\n");
}

function block(language: string, text: string): string {
  return `\n\`\`\`${language}\n${text}\n\`\`\`\n`;
}

const SHOWN = 2;

/** Lists beyond two items say how many more there are. */
function cut(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const more = items.length - SHOWN;
    const shown = items.slice(0, SHOWN).map(cut);
    return more > 0 ? [...shown, `… and ${more} more`] : shown;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cut(part)]));
}
