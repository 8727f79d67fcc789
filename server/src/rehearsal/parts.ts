/**
 * What a rehearsal is given by compose. It knows no domain: it does everything through the product's own HTTP
 * interface, as the person who began it, and through the practice world.
 */
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { Actor } from '../team/index.ts'
import type { PracticeWorld } from './practice-world.ts'

export type Told = { readonly status: number; readonly body: unknown; readonly location: string | undefined }
/** A call to the interface below /api/v1, without a network, as one person. */
export type Call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object) => Promise<Told>
export type OwnApi = (actor: Actor) => Promise<Call>

export interface RehearsalParts {
  readonly database: Database
  readonly ids: Ids
  /** Real time: how long to wait for an answer. */
  readonly clock: Clock
  readonly log: Log
  readonly emit: Emit
  readonly ownApi: OwnApi
  /** Undefined when no practice world is configured. */
  readonly world: PracticeWorld | undefined
}
