/** What files of a room may import. `node:` stands for all modules of Node. */
export interface RoomRule {
  /** Rooms beside its own. */
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

const core = ["policy", "inventory", "grants", "questions"];

/** The table of ARCHITECTURE.md as data. */
export const rooms: Readonly<Record<string, RoomRule>> = {
  policy: { rooms: [], packages: [] },
  inventory: { rooms: ["policy"], packages: [] },
  grants: { rooms: ["policy", "inventory"], packages: [] },
  questions: { rooms: ["policy", "inventory", "grants"], packages: [] },
  "questions, API files": { rooms: [...core, "graphql"], packages: ["type-graphql"] },
  graphql: { rooms: core, packages: ["type-graphql", "graphql", "graphql-scalars"] },
  store: {
    rooms: ["policy", "inventory", "migrations"],
    packages: ["typeorm", "pg", "reflect-metadata", "node:"],
  },
  migrations: { rooms: [], packages: ["typeorm"] },
  "importers, collector": {
    rooms: ["policy", "inventory"],
    packages: [
      "@alicloud/credentials",
      "@alicloud/ims20190815",
      "@alicloud/openapi-core",
      "@alicloud/ram20150501",
      "@alicloud/resourcemanager20200331",
      "@alicloud/sts20150401",
      "@alicloud/tag20180828",
      "node:",
    ],
  },
  importers: { rooms: ["policy", "inventory"], packages: ["parse5", "node:"] },
  app: {
    rooms: [...core, "graphql", "store", "importers"],
    packages: ["@opentelemetry/api", "graphql", "lru-cache", "type-graphql", "reflect-metadata", "zod", "node:"],
  },
  server: {
    rooms: ["app", "graphql"],
    packages: ["@apollo/server", "@opentelemetry/api", "graphql", "jose", "lru-cache", "pino", "prom-client", "node:"],
  },
  cli: {
    rooms: ["app", "server"],
    packages: [
      "@opentelemetry/sdk-node",
      "commander",
      "cli-progress",
      "cli-table3",
      "csv-stringify",
      "picocolors",
      "node:",
    ],
  },
};

/** The rule for a file, by its place and name. */
export function ruleFor(file: string): RoomRule | undefined {
  const room = roomOf(file);
  const isApi = room === "questions" && /\.(resolver|type|input)\.ts$/.test(file);
  if (file.startsWith("src/importers/collector/")) return rooms["importers, collector"];
  return rooms[isApi ? "questions, API files" : room];
}

/** `src/policy/decide.ts` is in the room `policy`, `migrations/…` in `migrations`. */
export function roomOf(file: string): string {
  const [top = "", room = ""] = file.split("/");
  return top === "src" ? room : top;
}
