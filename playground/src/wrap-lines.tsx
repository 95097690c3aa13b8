import { pick, useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

/** Shows nothing; wraps long lines of what one writes, as GraphiQL 5.4 wraps only those of answers: their ends were cut off. */
export function WrapLines(): null {
  const { queryEditor, variableEditor } = useGraphiQL(pick("queryEditor", "variableEditor"));
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor]) editor?.updateOptions({ wordWrap: "on" });
  }, [queryEditor, variableEditor]);
  return null;
}
