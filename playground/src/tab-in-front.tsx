import { pick, useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

/**
 * Shows nothing; brings the tab in front into view, which GraphiQL 5.4 leaves where it is, and the cursor into one that is
 * opened empty. Stands where GraphiQL's own state can be read.
 */
export function TabInFront(): null {
  const { tabs, activeTabIndex, queryEditor } = useGraphiQL(pick("tabs", "activeTabIndex", "queryEditor"));
  const id = tabs[activeTabIndex]?.id;
  useEffect(() => {
    if (id === undefined) return;
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (queryEditor?.getValue() === "") queryEditor.focus();
  }, [id, queryEditor]);
  return null;
}
