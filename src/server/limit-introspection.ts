import { type FieldNode, GraphQLError, visit } from "graphql";
import type { Config } from "../app/config.js";
import type { Listener } from "./part.js";

/** Lets only explorers, or nobody, read the schema by introspection. */
export function limitIntrospection(who: Config["introspection"]): Listener {
  return {
    didResolveOperation: ({ document, contextValue: { viewer } }) => {
      if (who === "all" || (who === "explorers" && viewer.mayExplore)) return;
      visit(document, refusing);
    },
  };
}

/** At the first field that reads the schema. */
const refusing = {
  Field({ name }: FieldNode) {
    if (name.value !== "__schema" && name.value !== "__type") return;
    throw new GraphQLError("introspection is not open to you; the schema is in the package, schema/schema.graphql", {
      extensions: { code: "FORBIDDEN", http: { status: 403 } },
    });
  },
};
