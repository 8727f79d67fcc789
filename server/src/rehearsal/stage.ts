/** What an act of the story has at hand: the product as the person sees it, the practice world, what was made before. */
import type { Clock } from '../platform/clock/index.ts'
import type { Actor } from '../team/index.ts'
import type { Call, Told } from './parts.ts'
import type { PracticeWorld } from './practice-world.ts'
import type { Made } from './store.ts'
import type { Story } from './story/story.ts'

export interface Stage {
  readonly actor: Actor
  readonly workspaceName: string
  readonly language: 'en' | 'de'
  readonly story: Story
  readonly world: PracticeWorld
  readonly made: Made
  readonly call: Call
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Does its part and says what it made. Doing it again makes nothing twice. */
export type Act = (stage: Stage) => Promise<Made>

/** The product said no, which in a story nobody expects. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** A path below the workspace; the answer, or RefusedError. */
export async function ask<T>(
  { actor, call }: Pick<Stage, 'actor' | 'call'>,
  method: Parameters<Call>[0],
  path: string,
  body?: object,
): Promise<T> {
  return accepted(
    await call(method, `/workspaces/${actor.workspaceId}${path}`, body),
    `${method} ${path}`,
  ) as T
}

export function accepted(told: Told, what: string): unknown {
  if (told.status < 400) return told.body
  throw new RefusedError(`${what}: ${told.status} ${JSON.stringify(told.body).slice(0, 300)}`)
}

/** An id that an earlier act made. */
export function need(made: Made, name: string): string {
  const id = made[name]
  if (id === undefined) throw new Error(`no act has made ${name}`)
  return id
}

const lookMs = 700

/** Looks again and again until it is so or the time is over; a story goes on either way, unless the program stops. */
export async function until(
  { clock, signal }: Pick<Stage, 'clock' | 'signal'>,
  longestMs: number,
  isSo: () => Promise<boolean>,
): Promise<boolean> {
  const start = clock.monotonicMs()
  for (;;) {
    signal.throwIfAborted()
    if (await isSo()) return true
    if (clock.monotonicMs() - start > longestMs) return false
    await clock.sleep(lookMs, signal)
  }
}

/** Every page of a list. */
export async function all<T>(stage: Pick<Stage, 'actor' | 'call'>, path: string): Promise<readonly T[]> {
  const rows: T[] = []
  let cursor = ''
  do {
    const page: { readonly rows: readonly T[]; readonly next?: string } = await ask(
      stage,
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`,
    )
    rows.push(...page.rows)
    cursor = page.next === undefined ? '' : `&cursor=${encodeURIComponent(page.next)}`
  } while (cursor !== '')
  return rows
}
