import { z } from "zod";
import { authShape } from "./auth-settings.js";
import { metricsShape } from "./metrics-settings.js";
import { readRetention, retentionForm } from "./retention.js";
import { readSpan, spanForm } from "./span.js";

export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
export const introspections = ["all", "explorers", "none"] as const;

const wholeNumber = z.string().regex(/^\d{1,5}$/);

const costForm = "must be a whole number from 1 to 999999999";
const isCost = (text: string) => /^[1-9]\d{0,8}$/.test(text);

const originForm = "must be origins such as https://portal.example.com, divided by commas, each named";
const urlForm =
  "postgres://user:password@host:port/database, with all but letters and digits of a password as %21 and the like";
const readUrlsForm = `must be addresses of the form ${urlForm}, divided by commas`;

/** What each setting takes, and the words for anything else. */
const shape = {
  PORT: z
    .string()
    .default("4000")
    .refine((text) => wholeNumber.safeParse(text).success && Number(text) <= 65_535, "must be a port from 0 to 65535")
    .transform(Number),
  HOST: z.string().trim().default("127.0.0.1"),
  DATABASE_URL: z.string().refine(isPostgresUrl, `must have the form ${urlForm}`).optional(),
  DATABASE_READ_URLS: z
    .string()
    .transform(splitList)
    .refine((urls) => urls.length > 0 && urls.every(isPostgresUrl), readUrlsForm)
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
  RAMGRAPH_DATA_DIR: z.string().default(".ramgraph"),
  RAMGRAPH_ACCOUNTS: z
    .string()
    .transform(splitList)
    .refine(
      (ids) => ids.length > 0 && ids.every((id) => /^\d{1,32}$/.test(id)),
      "must be account ids, divided by commas",
    )
    .optional(),
  RAMGRAPH_ALLOW_ANONYMOUS: z.enum(["true", "false"], "must be true or false").default("false"),
  RAMGRAPH_ALLOWED_HOSTS: z.string().optional(),
  RAMGRAPH_RETENTION: z
    .string()
    .refine((text) => readRetention(text) !== undefined, retentionForm)
    .transform(readRetention)
    .optional(),
  RAMGRAPH_INTROSPECTION: z.enum(introspections, `must be one of ${introspections.join(", ")}`).default("all"),
  RAMGRAPH_OPERATION_TIMEOUT: z
    .string()
    .default("10s")
    .refine((text) => readSpan(text) !== undefined, spanForm)
    .transform((text) => readSpan(text) ?? 0),
  RAMGRAPH_MAX_COST: z.string().default("20000").refine(isCost, costForm).transform(Number),
  RAMGRAPH_COST_PER_MINUTE: z
    .string()
    .default("600000")
    .refine((text) => text === "off" || isCost(text), `${costForm}, or off`)
    .transform((text) => (text === "off" ? undefined : Number(text))),
  RAMGRAPH_ANSWER_MEMORY: z
    .string()
    .default("16")
    .refine((text) => /^\d{1,4}$/.test(text), "must be a whole number of MiB from 0 to 9999")
    .transform(Number),
  RAMGRAPH_DRAIN_DELAY: z
    .string()
    .refine((text) => readSpan(text) !== undefined, spanForm)
    .transform(readSpan)
    .optional(),
  RAMGRAPH_TRUSTED_DOCUMENTS: z.string().optional(),
  RAMGRAPH_ONLY_TRUSTED: z.enum(["true", "false"], "must be true or false").default("false"),
  RAMGRAPH_CORS_ORIGINS: z
    .string()
    .default("")
    .transform((text) => text.split(",").map((part) => part.trim()))
    .refine((origins) => origins.every((each) => each === "" || isOrigin(each)), originForm)
    .transform((origins) => new Set(origins.filter((each) => each !== ""))),
  RAMGRAPH_PLAYGROUND: z.enum(["true", "false"], "must be true or false").default("true"),
  ...authShape,
  ...metricsShape,
  /** Read by `ask` alone. */
  RAMGRAPH_TOKEN: z.string().optional(),
  RAMGRAPH_URL: z.url({ protocol: /^https?$/, error: "must have the form http://host:port" }).optional(),
};

/** All settings by the names that they have in the environment. */
export const settings = z.object(shape);
export type Settings = z.output<typeof settings>;

function splitList(text: string): readonly string[] {
  const parts = text.split(/[,\n]/).map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && isEncoded(text);
}

/** A `%` that stands for itself would be read as one thing here and as another by the driver. */
const isEncoded = (url: string) => !/%(?![\da-f]{2})/i.test(url);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
