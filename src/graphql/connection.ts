import { type ClassType, Field, Int, ObjectType } from "type-graphql";
import { PageInfo } from "./page-info.type.js";

/** One page of a list. */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A class of object types, or what `createUnionType` gives. */
export type NodeThunk = () => ClassType | object;

/**
 * Makes the types `<name>Connection` and `<name>Edge`. Further fields are added to them by resolvers.
 * @param name of the node type
 */
export function connectionType(name: string, node: NodeThunk, options: { edge?: ClassType } = {}): ClassType<object> {
  const EdgeClass = options.edge ?? edgeType(name, node);

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list of \`${name}\`.` })
  class ConnectionClass {
    @Field(() => [EdgeClass], { description: "The entries of this page, each with its cursor." })
    readonly edges: readonly object[];

    @Field(() => [node()], { description: "The same entries without cursors." })
    readonly nodes: readonly object[];

    @Field(() => PageInfo, { description: "Where this page begins and ends, and whether there is more." })
    readonly pageInfo: PageInfo;

    @Field(() => Int, { description: "Length of the whole list, exact." })
    readonly totalCount: number;
  }
  return ConnectionClass;
}

/** Makes the type `<name>Edge`, for connections whose edges carry more than a node. */
export function edgeType(name: string, node: NodeThunk): ClassType<object> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `An entry in a list of \`${name}\`.` })
  class EdgeClass {
    @Field(() => String, { description: "Place in the list; give it as `after` or `before`." })
    readonly cursor: string;

    @Field(() => node(), { description: "The entry itself." })
    readonly node: object;
  }
  return EdgeClass;
}
