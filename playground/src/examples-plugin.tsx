import { DOC_EXPLORER_PLUGIN } from "@graphiql/plugin-doc-explorer";
import { MarkdownContent, pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import type { GraphiQLProps } from "graphiql";
import type { Example } from "../../src/app/example.js";
import { printVariables } from "./load-examples.js";

type Plugin = NonNullable<GraphiQLProps["plugins"]>[number];

/** The pane that greets a newcomer and lists every example; a click opens one in a tab. */
export function createExamplesPlugin(examples: readonly Example[]): Plugin {
  return { title: "Examples", icon: ExamplesIcon, content: () => <ExamplesPane examples={examples} /> };
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" role="presentation">
      <path d="M4 5.5h16M4 12h16M4 18.5h10" />
    </svg>
  );
}

function ExamplesPane({ examples }: { readonly examples: readonly Example[] }) {
  return (
    <section aria-label="Examples" className="ramgraph-examples">
      <Welcome />
      <ul>
        {examples.map((example) => (
          <ExampleEntry key={example.name} example={example} />
        ))}
      </ul>
      {examples.length === 0 && <p>This server offers no examples.</p>}
    </section>
  );
}

function Welcome() {
  const actions = useGraphiQLActions();
  return (
    <>
      <h1>ramgraph</h1>
      <p>
        Permission questions on Alibaba Cloud, answered before the fact: who can do something, what a role can do, and
        why not. An answer also says what is unknown.
      </p>
      <p>
        Run an example, or read{" "}
        <button type="button" onClick={() => actions.setVisiblePlugin(DOC_EXPLORER_PLUGIN)}>
          what can be asked
        </button>
        .
      </p>
    </>
  );
}

function ExampleEntry({ example }: { readonly example: Example }) {
  const open = useOpenExample();
  return (
    <li>
      <button type="button" onClick={() => open(example)}>
        {example.name}
      </button>
      <MarkdownContent type="description">{example.description}</MarkdownContent>
    </li>
  );
}

/** Goes to the tab that already shows the example unchanged, else opens one. */
function useOpenExample(): (example: Example) => void {
  const { tabs, queryEditor, variableEditor } = useGraphiQL(pick("tabs", "queryEditor", "variableEditor"));
  const actions = useGraphiQLActions();
  return (example) => {
    const { query } = example;
    const variables = printVariables(example);
    const shown = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? "") === variables);
    if (shown >= 0) return actions.changeTab(shown);
    actions.addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    // The editors report a change only after a pause; a quick switch to another tab would lose it.
    actions.updateActiveTabValues({ query, variables });
  };
}
