import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildSchema } from "graphql";
import { parse, parseAllDocuments } from "yaml";
import { readConfig } from "../../src/app/config.js";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const documentsIn = (path: string): readonly unknown[] =>
  parseAllDocuments(read(path)).map((document) => {
    expect(document.errors).toEqual([]);
    const content: unknown = document.toJS();
    return content;
  });

interface Container {
  readonly args?: readonly string[];
  readonly envFrom: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: string]: unknown;
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: unknown;
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly securityContext: object;
        readonly automountServiceAccountToken: boolean;
        readonly containers: readonly Container[];
      };
    };
  };
}

describe("the manifests", () => {
  const manifests = documentsIn("deploy/kubernetes/ramgraph.yaml") as readonly Manifest[];
  const ofKind = (kind: string) => manifests.filter((each) => each.kind === kind);
  const pods = manifests.flatMap(({ spec }) => (spec?.template === undefined ? [] : [spec.template]));

  test("are all that two servers need", () => {
    const kinds = ["Namespace", "Secret", "ConfigMap", "Job", "Deployment", "Service", "PodDisruptionBudget"];
    expect(manifests.map(({ kind }) => kind)).toEqual([...kinds, "NetworkPolicy"]);
    expect(ofKind("Deployment")).toMatchObject([{ spec: { replicas: 2 } }]);
    for (const { kind, metadata } of manifests)
      expect(metadata.namespace).toBe(kind === "Namespace" ? undefined : "ramgraph");
  });

  test("run without rights", () => {
    expect(pods).toHaveLength(2);
    for (const { spec } of pods) {
      expect(spec.automountServiceAccountToken).toBe(false);
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
      for (const { securityContext } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
      }
    }
  });

  test("give settings that the program takes, with the secret in a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "ramgraph-deploy-"));
    const [settings] = ofKind("ConfigMap");
    const path = settings?.data?.DATABASE_URL_FILE ?? "";
    expect(
      pods.every(({ spec }) =>
        spec.containers.every(({ volumeMounts }) => volumeMounts[0]?.mountPath === dirname(path)),
      ),
    ).toBe(true);
    writeFileSync(join(folder, "url"), "postgres://ramgraph:a-password@postgres.example.com:5432/ramgraph\n");
    const config = readConfig({ ...settings?.data, DATABASE_URL_FILE: join(folder, "url") });
    rmSync(folder, { recursive: true });
    expect(config).toMatchObject({ port: 4000, drainDelay: 5_000, metricsDoor: { host: "0.0.0.0", port: 9464 } });
    for (const { envFrom } of pods.flatMap(({ spec }) => spec.containers)) {
      expect(envFrom).toEqual([{ configMapRef: { name: settings?.metadata.name } }]);
    }
  });

  test("ask for health where it is answered", () => {
    const [server] = ofKind("Deployment").flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
    expect(server).toMatchObject({
      startupProbe: { httpGet: { path: "/healthz", port: "metrics" } },
      readinessProbe: { httpGet: { path: "/readyz", port: "metrics" } },
      livenessProbe: { httpGet: { path: "/healthz", port: "metrics" } },
      ports: [
        { name: "http", containerPort: 4000 },
        { name: "metrics", containerPort: 9464 },
      ],
    });
  });

  test("reach the servers by the labels that these have", () => {
    const [deployed] = ofKind("Deployment");
    const labels = deployed?.spec?.template?.metadata.labels;
    expect(deployed?.spec?.selector).toEqual({ matchLabels: labels });
    expect(ofKind("Service")).toMatchObject([{ spec: { selector: labels } }]);
    expect(ofKind("PodDisruptionBudget")).toMatchObject([{ spec: { selector: { matchLabels: labels } } }]);
  });
});

describe("the catalog entry", () => {
  test("names a schema that is there", () => {
    const [, api] = documentsIn("deploy/backstage/catalog-info.yaml");
    expect(api).toMatchObject({ kind: "API", spec: { type: "graphql" } });
    const { definition } = (api as { spec: { definition: { $text: string } } }).spec;
    expect(buildSchema(read(join("deploy/backstage", definition.$text))).getQueryType()?.name).toBe("Query");
  });
});

describe("the image", () => {
  test("has nothing that a linter minds", () => {
    const linter = join(root, "node_modules/dockerfilelint/bin/dockerfilelint");
    expect(
      execFileSync(process.execPath, [linter, "-o", "json", "Dockerfile"], { cwd: root, encoding: "utf8" }),
    ).toContain('"totalIssues":0');
  });

  test("is built in stages, runs as nobody special, stops in order, and copies what is there", () => {
    const text = read("Dockerfile");
    expect(text.match(/^FROM /gm)).toHaveLength(2);
    const last = text.slice(text.lastIndexOf("\nFROM "));
    for (const line of ["USER node", "STOPSIGNAL SIGTERM", "HEALTHCHECK "]) expect(last).toContain(`\n${line}`);
    const copied = [...text.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, paths = ""]) => paths.split(" "));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe("the composition", () => {
  interface Service {
    readonly read_only?: boolean;
    readonly cap_drop?: readonly string[];
    readonly ports?: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    readonly depends_on?: object;
  }
  const { services } = parse(read("docker-compose.yml"), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };

  test("migrates once before two servers start, which only this machine reaches", () => {
    expect(Object.keys(services)).toEqual(["postgres", "migrate", "api", "api-2"]);
    expect(services.migrate?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    for (const service of [services.api, services["api-2"]]) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
      expect(service?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
      expect(service?.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:400[01]:4000$/)]);
    }
  });

  test("gives settings that the program takes", () => {
    const given: Readonly<Record<string, string>> = { ...services.api?.environment, HOST: "0.0.0.0" };
    const url = given.DATABASE_URL?.replace(/\$\{\w+:-(\w+)\}/, "$1") ?? "";
    expect(readConfig({ ...given, DATABASE_URL: url }).allowedHosts).toContain("localhost");
  });
});
