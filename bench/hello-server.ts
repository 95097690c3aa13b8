import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { reportToParent } from "./report-to-parent.js";

/** A bare Apollo standalone server with its defaults: what everything over HTTP is held against. */
const server = new ApolloServer({
  typeDefs: "type Query { hello: String }",
  resolvers: { Query: { hello: () => "world" } },
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
reportToParent({ url, loadMs: 0 });
