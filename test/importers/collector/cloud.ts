import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { escapeDots, LISTS, rowsOf, type World } from "./cloud-world.js";

/** What goes wrong with an answer. */
export type Fault =
  | "THROTTLED"
  | "CUT"
  | "ENDLESS"
  | "HTML"
  | "DENIED"
  | "NO_DIRECTORY"
  | "TELLTALE"
  | "EXPIRED"
  | "EMPTY_PAGE"
  | "EMPTY_OBJECT"
  | "NO_MARKER"
  | "BAD_UTF8"
  | "DROPPED";

/** One request as the cloud saw it. */
export interface SeenRequest {
  /** E.g. `ram.GetPolicy.Custom.ReadBills`. */
  readonly key: string;
  readonly operation: string;
  readonly query: Readonly<Record<string, string>>;
  readonly method: string | undefined;
  readonly headers: IncomingMessage["headers"];
  /** How often this was asked before, page by page. */
  readonly earlier: number;
}

export interface Cloud {
  /** E.g. `http://127.0.0.1:4123`. */
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  /** Most requests that were under way at once. */
  readonly busiest: () => number;
  readonly close: () => Promise<void>;
}

export interface CloudOptions {
  /** Rows on a page, whatever is asked for; 1000 by default. */
  readonly pageRows?: number;
  readonly faultOf?: (request: SeenRequest) => Fault | undefined;
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

const PRODUCTS: Readonly<Record<string, string>> = {
  "2015-05-01": "ram",
  "2015-04-01": "sts",
  "2020-03-31": "resourcemanager",
  "2019-08-15": "ims",
  "2018-08-28": "tag",
};

/** Parameters that say what is asked for, in the order of the file name. */
const SUBJECTS = [
  "GroupName",
  "RoleName",
  "UserName",
  "PolicyType",
  "PolicyName",
  "VersionId",
  "TargetId",
  "ParentFolderId",
  "PolicyId",
  "RegionId",
];

/** A server that answers like the APIs of Alibaba Cloud, about one account. */
export async function startCloud(world: World, options: CloudOptions = {}): Promise<Cloud> {
  const seen: SeenRequest[] = [];
  let busy = 0;
  let busiest = 0;
  const server = createServer((message, response) => {
    const request = readRequest(message, seen);
    seen.push(request);
    busy += 1;
    busiest = Math.max(busiest, busy);
    response.on("close", () => {
      busy -= 1;
    });
    message.resume().on("end", () => setTimeout(() => respond(world, options, request, response), options.delay ?? 0));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    seen,
    busiest: () => busiest,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readRequest({ url = "/", method, headers }: IncomingMessage, seen: readonly SeenRequest[]): SeenRequest {
  const query = Object.fromEntries(new URL(url, "http://cloud").searchParams);
  const product = PRODUCTS[String(headers["x-acs-version"])] ?? "unknown";
  const operation = `${product}.${String(headers["x-acs-action"])}`;
  const key = [operation, ...SUBJECTS.flatMap((name) => escapeDots(query[name] ?? "") || [])].join(".");
  const same = seen.filter((one) => one.key === key && JSON.stringify(one.query) === JSON.stringify(query));
  return { key, operation, query, method, headers, earlier: same.length };
}

function respond(world: World, options: CloudOptions, request: SeenRequest, response: ServerResponse): void {
  const fault = options.faultOf?.(request);
  if (request.headers.authorization?.startsWith("ACS3-HMAC-SHA256 Credential=") !== true) {
    sendError(response, 400, "IncompleteSignature", "the request is not signed");
  } else if (fault === undefined) sendAnswer(world, options, request, response);
  else FAULTS[fault](response, request);
}

function sendAnswer(
  world: World,
  { pageRows = 1000 }: CloudOptions,
  request: SeenRequest,
  response: ServerResponse,
): void {
  const answer = world.get(request.key);
  const isList = LISTS[request.operation] !== undefined;
  if (answer === undefined && !isList && !request.operation.includes("List")) {
    sendError(response, 404, "EntityNotExist", `there is no \`${request.key}\``);
    return;
  }
  send(
    response,
    200,
    isList
      ? pageOf(request, rowsOf(request.operation, answer ?? {}), pageRows)
      : (answer ?? EMPTY[request.operation] ?? {}),
  );
}

const EMPTY: Readonly<Record<string, object>> = {
  "ram.ListPoliciesForRole": { Policies: { Policy: [] } },
  "ram.ListPoliciesForUser": { Policies: { Policy: [] } },
  "ram.ListPoliciesForGroup": { Policies: { Policy: [] } },
  "ram.ListEntitiesForPolicy": { Users: { User: [] }, Groups: { Group: [] }, Roles: { Role: [] } },
  "resourcemanager.ListControlPolicyAttachmentsForTarget": {
    ControlPolicyAttachments: { ControlPolicyAttachment: [] },
  },
};

function pageOf({ operation, query }: SeenRequest, rows: readonly object[], pageRows: number): object {
  const size = Math.min(pageRows, Number(query.MaxItems ?? query.PageSize ?? 100));
  const start =
    query.PageNumber === undefined
      ? Number(query.Marker ?? query.NextToken ?? 0)
      : (Number(query.PageNumber) - 1) * size;
  const page = wrap(operation, rows.slice(start, start + size));
  const next = start + size < rows.length ? String(start + size) : undefined;
  if (query.PageNumber !== undefined)
    return { ...page, PageNumber: Number(query.PageNumber), PageSize: size, TotalCount: rows.length };
  if (operation.startsWith("tag.")) return { ...page, NextToken: next ?? "" };
  return { ...page, IsTruncated: next !== undefined, ...(next === undefined ? {} : { Marker: next }) };
}

function wrap(operation: string, rows: readonly object[]): object {
  const [outer = "", inner] = LISTS[operation] ?? [];
  return { RequestId: "0", [outer]: inner === undefined ? rows : { [inner]: rows } };
}

const FAULTS: Readonly<Record<Fault, (response: ServerResponse, request: SeenRequest) => void>> = {
  THROTTLED: (response) => sendError(response, 400, "Throttling.User", "Request was denied due to user flow control."),
  CUT: (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"Users":{"User":[', () => response.destroy());
  },
  ENDLESS: (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"Users":{"User":[');
  },
  HTML: (response) => {
    response.writeHead(500, { "content-type": "text/html" });
    response.end("<html><body>Bad gateway</body></html>");
  },
  DENIED: (response) => sendError(response, 403, "NoPermission", "You are not authorized to do this action."),
  NO_DIRECTORY: (response) =>
    sendError(response, 404, "ResourceDirectoryNotInUse", "The resource directory for the account is not enabled."),
  TELLTALE: (response, { headers }) => {
    const told = `${String(headers.authorization)} ${String(headers["x-acs-security-token"])}`;
    sendError(response, 403, "NoPermission", `You are not authorized: ${told}`);
  },
  EXPIRED: (response, { headers }) => {
    const token = String(headers["x-acs-security-token"]);
    sendError(response, 400, "InvalidSecurityToken.Expired", `Specified SecurityToken ${token} is expired.`);
  },
  EMPTY_PAGE: (response, { operation }) => send(response, 200, { ...wrap(operation, []), TotalCount: 5 }),
  EMPTY_OBJECT: (response) => send(response, 200, {}),
  NO_MARKER: (response, { operation }) => send(response, 200, { ...wrap(operation, []), IsTruncated: true }),
  BAD_UTF8: (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
  },
  DROPPED: (response) => response.destroy(),
};

function sendError(response: ServerResponse, status: number, Code: string, Message: string): void {
  send(response, status, { RequestId: "0", HostId: "cloud", Code, Message });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json;charset=utf-8" });
  response.end(JSON.stringify(body));
}
