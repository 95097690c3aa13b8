import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../app/log.js";
import { type OperationRecord, startRecord } from "./operation-record.js";
import { HttpRefusal, type Reply, replyError, replyRefusal, writeHead } from "./reply.js";
import { traceRequest } from "./trace-request.js";

/** What a door does with a request. */
export interface Door {
  readonly log: Log;
  /** @throws HttpRefusal for what is not taken */
  readonly answer: (request: IncomingMessage, record: OperationRecord) => Promise<Reply>;
  /** Told of each reply once it is sent. */
  readonly onReply?: (request: IncomingMessage, record: OperationRecord, reply: Reply) => void;
}

/** Answers every request: each gets a reply and an id of its own, whatever goes wrong. */
export function respond({ log, answer, onReply }: Door): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const requestId = randomUUID();
    // A sender that goes away while we read or write ends its own request only.
    response.on("error", (error) => log.debug({ requestId, err: error }, "a client went away"));
    const record = startRecord(requestId);
    const end = (reply: Reply) => {
      finish(request, response, requestId, reply);
      onReply?.(request, record, reply);
    };
    // Nobody else waits for it, and what nobody hears of ends the process.
    const giveUp = (error: unknown) => {
      log.error({ requestId, err: error }, "a reply failed");
      if (!response.writableEnded) response.destroy();
    };
    traceRequest(request, response, () => {
      answer(request, record)
        .then(end, (error: unknown) => end(replyTrouble(log, record, error)))
        .catch(giveUp);
    });
  };
}

function replyTrouble(log: Log, record: OperationRecord, error: unknown): Reply {
  const { requestId } = record;
  if (error instanceof HttpRefusal) {
    record.codes = [error.code];
    return replyRefusal(error, requestId);
  }
  log.error({ requestId, err: error }, "a request failed");
  return replyError(500, "something went wrong on the server; tell its operator the `requestId`", requestId);
}

/** Milliseconds in which a sender that is still sending can read the reply; cut off at once, it might never see it. */
const farewell = 200;

/** What is left of a body is thrown away, and the connection ends. */
function finish(request: IncomingMessage, response: ServerResponse, requestId: string, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  if (!request.complete) response.setHeader("connection", "close");
  const body = writeHead(response, requestId, reply);
  // Head and body go out in one piece.
  if (request.complete) return void response.end(body);
  response.write(body);
  partFrom(request, response);
}

function partFrom(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners("data").resume();
  const end = () => response.end(() => request.destroy());
  const late = setTimeout(end, farewell);
  request.once("end", () => {
    clearTimeout(late);
    end();
  });
}
