import type { CredentialsProvider } from "@alicloud/credentials";
import type OpenApi from "@alicloud/openapi-core";
import { type Product, VERSIONS } from "./calls.js";

/** One request of an API. */
export interface WireRequest {
  readonly product: Product;
  readonly operation: string;
  readonly query: Readonly<Record<string, string>>;
  readonly region: string;
}

/** Sends signed requests and gives the bytes of the answers, as they came. */
export type WireClient = (request: WireRequest) => Promise<Uint8Array>;

export interface WireOptions {
  /** Milliseconds that an answer may take to its end. */
  readonly timeout: number;
  /** Where all requests go, in place of the products' own addresses. */
  readonly endpoint?: { readonly protocol: "http" | "https"; readonly host: string } | undefined;
}

type Client = OpenApi.default;
type MakeClient = (settings: Readonly<Record<string, unknown>>) => Client;

/**
 * Opens clients of the products' SDK packages, each when it is first needed. They know the endpoints and sign; the
 * answer is taken as bytes, because their typed answers leave out what they do not know and turn ids into numbers.
 */
export function openWireClient(credentials: CredentialsProvider, { timeout, endpoint }: WireOptions): WireClient {
  const clients = new Map<string, Promise<Client>>();
  const open = async (product: Product, region: string): Promise<Client> => {
    const [make, sdk] = await Promise.all([MAKERS[product](), import("@alicloud/credentials")]);
    return make({
      credential: new sdk.default.default(null, credentials),
      regionId: region,
      readTimeout: timeout,
      connectTimeout: timeout,
      userAgent: "ramgraph",
      ...(endpoint === undefined ? {} : { endpoint: endpoint.host, protocol: endpoint.protocol }),
    });
  };
  return async ({ product, operation, query, region }) => {
    const key = `${product} ${region}`;
    const opened = clients.get(key) ?? open(product, region);
    clients.set(key, opened);
    return await inTime(send(await opened, product, operation, query), timeout);
  };
}

const MAKERS: Readonly<Record<Product, () => Promise<MakeClient>>> = {
  ims: async () => await makerOf((await import("@alicloud/ims20190815")).default.default),
  ram: async () => await makerOf((await import("@alicloud/ram20150501")).default.default),
  resourcemanager: async () => await makerOf((await import("@alicloud/resourcemanager20200331")).default.default),
  sts: async () => await makerOf((await import("@alicloud/sts20150401")).default.default),
  tag: async () => await makerOf((await import("@alicloud/tag20180828")).default.default),
};

async function makerOf(Product: new (config: InstanceType<Config>) => Client): Promise<MakeClient> {
  const { $OpenApiUtil } = await import("@alicloud/openapi-core");
  return (settings) => new Product(new $OpenApiUtil.Config(settings));
}

type Config = typeof import("@alicloud/openapi-core")["$OpenApiUtil"]["Config"];

async function send(
  client: Client,
  product: Product,
  action: string,
  query: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { $OpenApiUtil } = await import("@alicloud/openapi-core");
  const params = new $OpenApiUtil.Params({ action, version: VERSIONS[product], ...RPC, bodyType: "byte" });
  const request = new $OpenApiUtil.OpenApiRequest({ query });
  const { body }: Readonly<Record<string, unknown>> = await client.callApi(params, request, { toMap: () => ({}) });
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/** How these products are called, as their SDK packages do it. */
const RPC = {
  protocol: "HTTPS",
  pathname: "/",
  method: "POST",
  authType: "AK",
  style: "RPC",
  reqBodyType: "formData",
} as const;

/** The SDK's own limit does not hold for an answer that has begun. */
async function inTime<T>(work: Promise<T>, timeout: number): Promise<T> {
  const late = Object.assign(new Error("no answer in time"), { name: "TimeoutError" });
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), timeout);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
