import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { useState } from "react";
import type { Example } from "../../src/app/example.js";
import { createExamplesPlugin } from "./examples-plugin.js";
import { printVariables } from "./load-examples.js";
import { readStoredTab } from "./read-stored-tab.js";
import { TabInFront } from "./tab-in-front.js";
import { WrapLines } from "./wrap-lines.js";

/** More would only bury each other; the examples pane lists all. */
const maxFirstTabs = 3;

/** GraphiQL on this server's API. A first visit opens with the examples as tabs; later ones as the visitor left it. */
export function Playground({ examples }: { readonly examples: readonly Example[] }) {
  // GraphiQL compares these by identity: they must not change from one rendering to the next.
  const [fixed] = useState(() => arrange(examples));
  return (
    <GraphiQL {...fixed} defaultEditorToolsVisibility="variables" shouldPersistHeaders={false}>
      <GraphiQL.Logo>
        ramgraph
        <TabInFront />
        <WrapLines />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

/** GraphiQL 5.4 does not bring the variables of the tab in front into their editor; `initialVariables` does. */
function arrange(examples: readonly Example[]) {
  const fetcher = createGraphiQLFetcher({ url: new URL("../graphql", document.baseURI).href });
  const examplesPlugin = createExamplesPlugin(examples);
  const plugins = [examplesPlugin, HISTORY_PLUGIN];
  const stored = readStoredTab();
  if (stored) return { fetcher, plugins, initialQuery: stored.query, initialVariables: stored.variables };
  return { fetcher, plugins, visiblePlugin: examplesPlugin, ...openTabs(examples) };
}

function openTabs(examples: readonly Example[]) {
  const [first, ...others] = examples
    .slice(0, maxFirstTabs)
    .map((example) => ({ query: example.query, variables: printVariables(example) }));
  return first ? { defaultTabs: [first, ...others], initialVariables: first.variables } : {};
}
