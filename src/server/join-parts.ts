import type { ApolloServerPlugin } from "@apollo/server";
import { Course } from "./course.js";
import type { OperationContext } from "./operation-context.js";
import type { Begun, Part } from "./part.js";

/** Parts for both ways that an operation may take: past Apollo Server, and without it. */
export interface JoinedParts {
  readonly plugin: ApolloServerPlugin<OperationContext>;
  /** Begins the course of an operation. Apollo Server goes on with it where the same request comes there. */
  readonly begin: (operation: Begun) => Course;
}

/**
 * Makes one plugin of parts. Apollo Server waits for every plugin at every step, and each wait for nothing costs some objects and
 * turns of the queue: a dozen plugins cost as much as the rest of a short answer.
 */
export function joinParts(parts: readonly Part[]): JoinedParts {
  const start = (operation: Begun) =>
    new Course(parts.map((part) => (typeof part === "function" ? part(operation) : part)));
  const begin = (operation: Begun): Course => {
    const course = start(operation);
    operation.contextValue.record.course = course;
    return course;
  };
  const plugin: ApolloServerPlugin<OperationContext> = {
    async requestDidStart(request) {
      const { course: begun } = request.contextValue.record;
      const course = begun instanceof Course ? begun : start(request);
      return {
        didResolveOperation: async (resolved) => course.resolve(resolved),
        didEncounterErrors: async (failed) => course.fail(failed),
        responseForOperation: async (resolved) => await course.answer(resolved),
        willSendResponse: async (answered) => course.send(answered),
      };
    },
  };
  return { plugin, begin };
}
