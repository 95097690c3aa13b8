import { defineConfig } from "vite";

/** Every address in the built page is relative, so that the playground also works behind a proxy that adds a path prefix. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  worker: { format: "es" },
  build: {
    outDir: "../dist/playground",
    emptyOutDir: true,
    assetsDir: "_graphiql",
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    // The libraries mark their modules for React on the server, which this page is not.
    rolldownOptions: { checks: { moduleLevelDirective: false }, output: { keepNames: true } },
  },
});
