import type { BatchFinding, CatalogBatch } from "../../inventory/batch.js";
import { compareBytes } from "../../inventory/byte-order.js";

/** A page that was read, and where it lay. */
export interface ReadPage {
  readonly path: string;
  readonly batch: CatalogBatch;
}

export interface DistinctPages<P extends ReadPage> {
  /** Each under a key of its own. */
  readonly pages: readonly P[];
  /** Why pages cannot be imported together, one line each. */
  readonly problems: readonly string[];
}

/**
 * Pages of one import that are known by the same key. Copies with the same address are one page: the newest is kept.
 * Pages that only share title and service are told apart by where they lie; the first keeps the plain key.
 *
 * @param pages in the order of their paths
 */
export function tellPagesApart<P extends ReadPage>(pages: readonly P[]): DistinctPages<P> {
  const groups = new Map<string, P[]>();
  for (const page of pages) {
    const { key } = page.batch.source;
    groups.set(key, [...(groups.get(key) ?? []), page]);
  }
  const told = [...groups.values()].map((group) =>
    group[0]?.batch.source.uri === undefined ? nameByPlace(withoutCopies(group)) : keepNewest(group),
  );
  return { pages: told.flatMap((one) => one.pages), problems: told.flatMap(({ problems }) => problems) };
}

function withoutCopies<P extends ReadPage>(group: readonly P[]): P[] {
  const first = new Map(group.toReversed().map((page) => [page.batch.source.sha256, page]));
  return group.filter((page) => first.get(page.batch.source.sha256) === page);
}

function nameByPlace<P extends ReadPage>(group: readonly P[]): DistinctPages<P> {
  const [first, ...others] = group;
  if (first === undefined) return { pages: [], problems: [] };
  const named = others.map((page) => {
    const { source } = page.batch;
    const place = shortestPlace(page.path, group);
    return { ...page, batch: { ...page.batch, source: { ...source, key: `${source.key} ${place}` } } };
  });
  return { pages: [first, ...named], problems: [] };
}

/** As many parts from the end of the path as no other page of the group ends with. */
function shortestPlace(path: string, group: readonly ReadPage[]): string {
  const parts = path.split(/[\\/]/);
  for (let count = 1; count < parts.length; count++) {
    const place = parts.slice(-count).join("/");
    if (group.filter((other) => other.path.split(/[\\/]/).slice(-count).join("/") === place).length === 1) return place;
  }
  return parts.join("/");
}

function keepNewest<P extends ReadPage>(group: readonly P[]): DistinctPages<P> {
  const distinct = withoutCopies(group).toSorted((one, other) => compareBytes(dateOf(other), dateOf(one)));
  const [newest, second] = distinct;
  if (newest === undefined || second === undefined) return { pages: distinct, problems: [] };
  if (dateOf(newest) === dateOf(second)) {
    const problem = `${second.path}: it gives the same address as ${newest.path}, \`${newest.batch.source.uri ?? ""}\`, and neither is dated later; import one of them`;
    return { pages: [], problems: [problem] };
  }
  const left = distinct.slice(1).map(({ path, batch }): BatchFinding => {
    const message = `an older copy of the page, ${path}${dateWords(batch)}, was left out`;
    return { code: "OLDER_COPY_LEFT_OUT", severity: "SUGGESTION", message, line: 1, column: 1 };
  });
  return {
    pages: [{ ...newest, batch: { ...newest.batch, findings: [...left, ...newest.batch.findings] } }],
    problems: [],
  };
}

const dateOf = ({ batch }: ReadPage): string => batch.source.updatedAt ?? "";
const dateWords = ({ source }: CatalogBatch): string =>
  source.updatedAt === undefined ? " without a date" : ` of ${source.updatedAt}`;
