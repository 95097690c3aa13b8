import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type GraphQLSchema, Kind, parse, print, visit } from "graphql";
import { pageQuery, pageQueryName, type RootConnection, rootConnections } from "./root-connections.js";
import { runTool } from "./run-tool.js";

/** What Relay's compiler made. */
export interface RelayProject {
  /** Names of the artifacts, without their ending. */
  readonly artifacts: readonly string[];
  /** Texts of the operations that a Relay client would send. */
  readonly operations: readonly string[];
}

/** A list inside of an object, page by page: Relay fetches further pages by the object's global id. */
const byId = `fragment pagesRole on Role
@refetchable(queryName: "pagesRolePaginationQuery")
@argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
  name
  permissions(first: $count, after: $cursor) @connection(key: "pages_permissions") { edges { node { __typename } } }
}`;

/** The same by the arguments that found the object, which the schema allows as it is. */
const byName = `fragment pagesByName on Query
@refetchable(queryName: "pagesByNameQuery")
@argumentDefinitions(name: { type: "String!" }) {
  role(name: $name) { name }
}`;

/**
 * Compiles a Relay project with one query for each root connection, and two fragments that can be fetched again.
 *
 * @param folder an empty one
 * @param sdl the schema as the server tells it
 * @throws what the compiler prints, when the schema does not keep to Relay's specification
 */
export async function compileRelay(folder: string, schema: GraphQLSchema, sdl: string): Promise<RelayProject> {
  await mkdir(join(folder, "src"), { recursive: true });
  const config = {
    src: "./src",
    schema: "./schema.graphql",
    language: "typescript",
    artifactDirectory: "./artifacts",
    persistConfig: { file: "./operations.json", algorithm: "SHA256" },
  };
  await mkdir(join(folder, "artifacts"));
  await writeFile(join(folder, "operations.json"), "{}");
  await writeFile(join(folder, "schema.graphql"), leaveNodeItsId(sdl));
  await writeFile(join(folder, "relay.config.json"), JSON.stringify(config));
  await writeFile(join(folder, "src/pages.ts"), moduleOf(rootConnections(schema)));
  const compiler = createRequire(import.meta.url).resolve("relay-compiler/cli.js");
  await runTool([compiler, "relay.config.json"], folder);
  const artifacts = (await readdir(join(folder, "artifacts"))).map((file) => file.replace(".graphql.ts", ""));
  const texts: unknown = JSON.parse(await readFile(join(folder, "operations.json"), "utf8"));
  return { artifacts, operations: Object.values(Object(texts)).map(String) };
}

/** The names of the artifacts that a project over these connections has. */
export function expectedArtifacts(schema: GraphQLSchema): readonly string[] {
  const queries = rootConnections(schema).map(({ name }) => pageQueryName(name));
  return [...queries, "pagesByName", "pagesByNameQuery", "pagesRole", "pagesRolePaginationQuery"].sort();
}

function moduleOf(connections: readonly RootConnection[]): string {
  const queries = connections.map((connection) =>
    pageQuery(connection, `@connection(key: "pages_${connection.name}")`),
  );
  return [...queries, byId, byName].map((text) => `graphql\`${text}\`;\n`).join("\n");
}

/** Relay fetches by `node(id: ID!)` only where the schema has no other argument there; ours has an optional one. */
function leaveNodeItsId(sdl: string): string {
  const document = visit(parse(sdl), {
    [Kind.FIELD_DEFINITION]: (field) =>
      field.name.value === "node" && field.arguments?.some(({ name }) => name.value === "id")
        ? { ...field, arguments: field.arguments.filter(({ name }) => name.value === "id") }
        : undefined,
  });
  return print(document);
}
