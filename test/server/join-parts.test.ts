import { ApolloServer, type GraphQLResponse, HeaderMap } from "@apollo/server";
import { describe, expect, test } from "@jest/globals";
import { GraphQLError } from "graphql";
import type { RequestContext } from "../../src/graphql/request-context.js";
import { joinParts } from "../../src/server/join-parts.js";
import { type OperationContext, recordOperation } from "../../src/server/operation-context.js";
import { startRecord } from "../../src/server/operation-record.js";
import type { Listener } from "../../src/server/part.js";

const nowhere = async () => {
  throw new Error("nobody looks at facts here");
};
const CONTEXT: RequestContext = {
  viewer: { name: "anonymous", seesAllAccounts: true, mayExplore: true },
  history: { revisions: nowhere, importRun: nowhere, sources: nowhere, state: () => undefined },
  snapshotAt: nowhere,
};

type MakePart = (tell: (step: string) => void) => Listener;

/** Asks a server of these parts, and tells which steps they took. */
async function ask(parts: readonly MakePart[]) {
  const steps: string[] = [];
  const server = new ApolloServer<OperationContext>({
    typeDefs: "type Query { word: String }",
    resolvers: { Query: { word: () => "plain" } },
    plugins: [joinParts(parts.map((part) => () => part((step) => steps.push(step)))).plugin],
  });
  const contextValue = recordOperation(CONTEXT, startRecord("r"), () => undefined);
  const { body } = await server.executeOperation({ query: "{ word }" }, { contextValue });
  await server.stop();
  if (body.kind !== "single") throw new Error("an answer in parts");
  const { data, errors = [] } = body.singleResult;
  return { steps, word: data?.word, errors: errors.map(({ message }) => message) };
}

const refusing = (word: string): MakePart => {
  return (tell) => ({
    didResolveOperation: () => {
      tell(word);
      throw new GraphQLError(word);
    },
    didEncounterErrors: () => tell(`${word} heard`),
  });
};

const answering = (word: string | null): MakePart => {
  const response: GraphQLResponse = {
    http: { headers: new HeaderMap() },
    body: { kind: "single", singleResult: { data: { word } } },
  };
  return (tell) => ({
    responseForOperation: async () => {
      tell(word ?? "none");
      return word === null ? null : response;
    },
  });
};

describe("parts that are joined", () => {
  test("are all asked, also behind one that refuses, and the first reason counts", async () => {
    const { steps, errors } = await ask([refusing("first"), refusing("second")]);
    expect(errors).toEqual(["first"]);
    expect(steps).toEqual(["first", "second", "first heard", "second heard"]);
  });

  test("answer in their order until one has an answer", async () => {
    const { steps, word } = await ask([() => ({}), answering(null), answering("found"), answering("late")]);
    expect([steps, word]).toEqual([["none", "found"], "found"]);
  });

  test("leave it to the plain way when none has one", async () => {
    expect((await ask([answering(null)])).word).toBe("plain");
  });

  test("see an answer in their order", async () => {
    const see = (word: string): MakePart => {
      return (tell) => ({ willSendResponse: () => tell(word) });
    };
    expect((await ask([see("one"), see("two")])).steps).toEqual(["one", "two"]);
  });
});
