import { type ExecutionResult, execute, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { buildRamgraphSchema } from "../../src/app/build-schema.js";
import type { Snapshot } from "../../src/grants/snapshot.js";
import { formatRefusal } from "../../src/graphql/format-refusal.js";
import type { RequestContext } from "../../src/graphql/request-context.js";

/** An answer as a client gets it. */
export interface Answer {
  /** Plain JSON. */
  readonly data: unknown;
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/**
 * Asks like a server does: parse, validate, execute, format.
 * @param snapshots the revisions that exist, the newest last
 */
export async function askOver(...snapshots: readonly Snapshot[]): Promise<Ask> {
  const schema = await buildRamgraphSchema();
  const context = contextOver(snapshots);
  return async (query, variables = {}) => {
    const result = await run(schema, query, variables, context);
    const errors = (result.errors ?? []).map((error) => formatRefusal(error.toJSON(), error));
    const plain: unknown = JSON.parse(JSON.stringify(result.data ?? null));
    return { data: plain, errors: errors.map(({ message, extensions = {} }) => ({ message, extensions })) };
  };
}

async function run(
  schema: GraphQLSchema,
  query: string,
  variableValues: Readonly<Record<string, unknown>>,
  contextValue: RequestContext,
): Promise<ExecutionResult> {
  const document = parse(query);
  const errors = validate(schema, document);
  return errors.length > 0 ? { errors } : await execute({ schema, document, variableValues, contextValue });
}

function contextOver(snapshots: readonly Snapshot[]): RequestContext {
  return {
    viewer: { name: "anonymous", seesAllAccounts: true, mayExplore: true },
    history: {
      state: () => "whole",
      revisions: async () => snapshots.toReversed(),
      importRun: async () => undefined,
      sources: async (wanted) => [...(snapshots.find(({ revision }) => revision === wanted)?.sources.values() ?? [])],
    },
    snapshotAt: async ({ revision } = {}) => {
      const found = revision === undefined ? snapshots.at(-1) : snapshots.find((each) => each.revision === revision);
      if (found !== undefined) return found;
      throw new GraphQLError("no such revision", { extensions: { code: "REVISION_NOT_AVAILABLE" } });
    },
  };
}
