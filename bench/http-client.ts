import { Agent, request } from "node:http";

/** What is asked of a GraphQL server. */
export interface Operation {
  readonly query: string;
  readonly variables?: object;
}

/** One client with one connection that stays open; answers are read whole, as bytes. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  /** @returns the text of the answer; throws for anything but a success */
  async ask(url: string, operation: Operation): Promise<string> {
    const body = JSON.stringify(operation);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    return await new Promise((resolve, reject) => {
      const sent = request(url, { agent: this.#agent, method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200 && !text.startsWith('{"errors"')) resolve(text);
          else reject(new Error(`${response.statusCode ?? 0}: ${text.slice(0, 400)}`));
        });
      });
      sent.once("error", reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
