import type OpenApi from "@alicloud/openapi-core";
import type { Product } from "../../../src/importers/collector/calls.js";

/** What the SDK's own method for an operation would send. */
export interface SdkRequest {
  readonly params: unknown;
  readonly query: unknown;
}

const PACKAGES: Readonly<Record<Product, () => Promise<object>>> = {
  ims: async () => await import("@alicloud/ims20190815"),
  ram: async () => await import("@alicloud/ram20150501"),
  resourcemanager: async () => await import("@alicloud/resourcemanager20200331"),
  sts: async () => await import("@alicloud/sts20150401"),
  tag: async () => await import("@alicloud/tag20180828"),
};

/** Calls the typed method of the product's client, and catches what it is about to send. */
export async function catchSdkRequest(
  product: Product,
  operation: string,
  query: Readonly<Record<string, string>>,
): Promise<SdkRequest | undefined> {
  const sdk: unknown = await PACKAGES[product]();
  const { $OpenApiUtil } = await import("@alicloud/openapi-core");
  const Client = field(field(sdk, "default"), "default") as new (config: object) => OpenApi.default;
  const client = new Client(new $OpenApiUtil.Config({ regionId: "cn-hangzhou" }));
  let caught: SdkRequest | undefined;
  client.callApi = async (params, request) => {
    caught = { params: params.toMap(), query: { ...request.query } };
    return await Promise.resolve({ body: {}, headers: {}, statusCode: 200 });
  };
  const method = field(client, `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`) as (
    request?: object,
  ) => Promise<unknown>;
  const Request = field(sdk, `${operation}Request`) as (new (fields: object) => object) | undefined;
  await method.call(client, Request === undefined ? undefined : new Request(toFields(Request, query)));
  return caught;
}

/** The SDK's names for parameters, e.g. `groupName` for `GroupName`. */
function toFields(Request: object, query: Readonly<Record<string, string>>): object {
  const names = field(Request, "names") as () => Readonly<Record<string, string>>;
  const fields: Record<string, string | undefined> = {};
  for (const [name, parameter] of Object.entries(names())) fields[name] = query[parameter];
  return fields;
}

function field(value: unknown, name: string): unknown {
  return (typeof value === "object" || typeof value === "function") && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
