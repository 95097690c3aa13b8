import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** The two parts of a token: one names it, one proves it. */
export interface ApiTokenText {
  readonly id: string;
  readonly secret: string;
}

/** The prefix lets scanners of repositories and logs find tokens that got away. */
const FORM = /^ramgraph_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** Makes a token whose secret holds 256 bits of chance. */
export function makeApiToken(): ApiTokenText {
  return { id: randomBytes(8).toString("hex"), secret: randomBytes(32).toString("base64url") };
}

/** The token as its holder gets it, once. */
export function writeApiToken({ id, secret }: ApiTokenText): string {
  return `ramgraph_${id}_${secret}`;
}

/** @returns undefined for what is no token of ours */
export function readApiToken(text: string): ApiTokenText | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** What is kept of a secret: chance of that size needs no salt and no slow digest. Lower-case hex. */
export function digestSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Compares without telling by its time how much is right. */
export function isSecret(secret: string, sha256: string): boolean {
  return timingSafeEqual(Buffer.from(digestSecret(secret)), Buffer.from(sha256));
}
