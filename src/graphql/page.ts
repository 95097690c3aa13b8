import type { Connection, Edge } from "./connection.js";
import { encodeCursor } from "./cursor.js";
import type { ListRequest } from "./list-request.js";
import type { PageInfo } from "./page-info.type.js";

/** Where a page lies in its list. */
export interface Cut {
  readonly list: ListRequest;
  readonly revision: string;
  /** Index of its first entry. */
  readonly start: number;
  /** Index behind its last entry. */
  readonly end: number;
  /** Length of the whole list. */
  readonly totalCount: number;
}

/**
 * A page of a list. Edges and cursors are made when they are read, as most who ask for a page select neither. What tells more with
 * its page puts that beside (`Object.assign`); a copy would lack whatever is made late, and does not compile.
 */
export class Page<Node> implements Connection<Node> {
  readonly totalCount: number;
  private made: readonly PageEdge<Node>[] | undefined;

  constructor(
    readonly nodes: readonly Node[],
    private readonly cut: Cut,
  ) {
    this.totalCount = cut.totalCount;
  }

  get edges(): readonly PageEdge<Node>[] {
    this.made ??= this.nodes.map((node, offset) => new PageEdge(node, this, offset));
    return this.made;
  }

  /** @param offset of the entry in this page */
  cursorOf(offset: number): string {
    return cursorAt(this.cut, this.cut.start + offset);
  }

  get pageInfo(): PageInfo {
    return new PageBounds(this.cut);
  }
}

/** An entry of a page with its cursor. */
export class PageEdge<Node> implements Edge<Node> {
  constructor(
    readonly node: Node,
    private readonly page: Pick<Page<Node>, "cursorOf">,
    private readonly offset: number,
  ) {}

  get cursor(): string {
    return this.page.cursorOf(this.offset);
  }
}

class PageBounds implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(private readonly cut: Cut) {
    this.hasNextPage = cut.end < cut.totalCount;
    this.hasPreviousPage = cut.start > 0;
  }

  get startCursor(): string | null {
    const { start, end } = this.cut;
    return start < end ? cursorAt(this.cut, start) : null;
  }

  get endCursor(): string | null {
    const { start, end } = this.cut;
    return start < end ? cursorAt(this.cut, end - 1) : null;
  }
}

function cursorAt({ revision, list }: Cut, position: number): string {
  return encodeCursor({ revision, identity: list.identity, position });
}
