import type { IncomingMessage } from "node:http";
import { HttpRefusal } from "./reply.js";

/** A question with its variables stays far below; imports do not come this way. */
const limit = 1_048_576;

const tooLarge = () => new HttpRefusal(413, `the body is larger than ${limit} bytes`);

const endedEarly = () => new HttpRefusal(400, "the body ended before its time");

/**
 * Reads the bytes of a request.
 *
 * @throws HttpRefusal as soon as the announced or the received length passes one MiB, or when the sender stops short
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  return request.complete ? takeWhole(request) : await gather(request);
}

/** What came together with its head lies here already: to be told of it piece by piece takes longer than to take it. */
function takeWhole(request: IncomingMessage): Buffer {
  const body: unknown = request.read();
  if (!Buffer.isBuffer(body)) return Buffer.alloc(0);
  if (body.length > limit) throw tooLarge();
  return body;
}

async function gather(request: IncomingMessage): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("close", () => {
      if (!request.complete) reject(endedEarly());
    });
    // A line that breaks and a sender who breaks it look alike: neither is a fault of ours.
    request.once("error", () => reject(endedEarly()));
  });
}
