import type { Database } from '../platform/db/index.ts'

export type TestDatabase = {
  readonly database: Database
  readonly url: string
  /** Moves the database's clock forward. */
  step(duration: Temporal.DurationLike | string): Promise<void>
  /** Stops the database's clock at an instant. */
  setNow(instant: Temporal.Instant | string): Promise<void>
  now(): Promise<Temporal.Instant>
  close(): Promise<void>
}
export declare function testDatabase(): Promise<TestDatabase>
