import type pg from "pg";
import type { AfterQueryEvent, EntitySubscriberInterface } from "typeorm";
import type { Database } from "./database.js";

/** Connections of the pool: in use, at rest, and callers that wait for one. */
export interface Connections {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

export function countConnections({ dataSource }: Database): Connections {
  const { driver } = dataSource;
  const pool: Pick<pg.Pool, "totalCount" | "idleCount" | "waitingCount"> | undefined =
    "master" in driver && isPool(driver.master) ? driver.master : undefined;
  if (pool === undefined) return { busy: 0, idle: 0, waiting: 0 };
  return { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

function isPool(value: unknown): value is Pick<pg.Pool, "totalCount" | "idleCount" | "waitingCount"> {
  return typeof value === "object" && value !== null && "totalCount" in value && "waitingCount" in value;
}

/** Told of each statement that is over: milliseconds that it took, and whether it was done. */
export type OnQuery = (milliseconds: number, isDone: boolean) => void;

/** Tells of each statement of this database from now on, but of the look at the revision counter. */
export function watchQueries({ dataSource }: Database, onQuery: OnQuery): void {
  const subscriber: EntitySubscriberInterface = {
    afterQuery({ executionTime, success }: AfterQueryEvent) {
      if (executionTime !== undefined) onQuery(executionTime, success);
    },
  };
  dataSource.subscribers.push(subscriber);
}
