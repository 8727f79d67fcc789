/**
 * Reads the corpus by one contender's way, in a process of its own so that its memory is its own: each mail comes from a file
 * when its turn is there, and the corpus is in nobody's memory. The first round is told with what came out of each mail,
 * for the judge; the rounds after it are timed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readerOf } from '../engines/readers.ts'
import type { Reading } from '../reading/sample.ts'

export interface ReaderWish {
  readonly engine: string
  readonly rounds: number
  /** Where the mails lie, each under its number. */
  readonly folder: string
  readonly mails: number
  /** Those of 700 KB. */
  readonly nested: readonly number[]
  /** Mails on which it hung or died before. */
  readonly skip: readonly number[]
}

export type ReaderSays =
  | { readonly says: 'begins'; readonly at: number }
  | { readonly says: 'read'; readonly at: number; readonly reading?: Reading; readonly refused?: string }
  | { readonly says: 'timed'; readonly timing: ReaderTiming }

export interface ReaderTiming {
  readonly seconds: number
  /** Of all threads of the process. */
  readonly cpuMs: number
  readonly mails: number
  /** Per mail of the corpus, the milliseconds of each round. */
  readonly each: readonly (readonly number[])[]
  readonly peakRssMb: number
  /** With the engine loaded, before the first mail. */
  readonly startRssMb: number
  /** Highest of the mails of 700 KB: time of all processors, and of the main thread alone. */
  readonly nestedCpuMs: number
  readonly nestedMainCpuMs: number
  /** Longest time for which the main loop did nothing else while one of them was read. */
  readonly longestBlockMs: number
}

const wish = JSON.parse(process.argv[2] ?? '') as ReaderWish
const read = await readerOf(wish.engine)
const tell = (said: ReaderSays): Promise<void> =>
  new Promise((resolve) => process.send?.(said, () => resolve()))
const startRssMb = process.memoryUsage.rss() / 2 ** 20
const readable = Array.from({ length: wish.mails }, (_, at) => at).filter((at) => !wish.skip.includes(at))

for (const at of readable) {
  await tell({ says: 'begins', at })
  const reading = await read(rawOf(at)).catch((cause: unknown) => String(cause))
  await tell({ says: 'read', at, ...(typeof reading === 'string' ? { refused: reading } : { reading }) })
}
await tell({ says: 'timed', timing: await timed() })
process.exit()

async function timed(): Promise<ReaderTiming> {
  const each = Array.from({ length: wish.mails }, (): number[] => [])
  const began = performance.now()
  const cpuBefore = process.cpuUsage()
  for (let round = 0; round < wish.rounds; round++) {
    for (const at of readable) {
      const raw = rawOf(at)
      const start = performance.now()
      await read(raw).catch(() => {})
      each[at]?.push(performance.now() - start)
    }
  }
  const seconds = (performance.now() - began) / 1000
  const cpuMs = spent(process.cpuUsage(cpuBefore))
  const peakRssMb = process.resourceUsage().maxRSS / 1024
  return {
    seconds,
    cpuMs,
    mails: wish.rounds * readable.length,
    each,
    peakRssMb,
    startRssMb,
    ...(await ofNested()),
  }
}

async function ofNested(): Promise<Pick<ReaderTiming, 'nestedCpuMs' | 'nestedMainCpuMs' | 'longestBlockMs'>> {
  const nested = wish.nested.filter((at) => readable.includes(at))
  let [nestedCpuMs, nestedMainCpuMs, longestBlockMs] = [0, 0, 0]
  // without the clock that looks for blocks, which itself takes more of the main thread than the reading
  for (let round = 0; round < 3; round++) {
    for (const at of nested) {
      const raw = rawOf(at)
      const [all, main] = [process.cpuUsage(), process.threadCpuUsage()]
      await read(raw).catch(() => {})
      nestedCpuMs = Math.max(nestedCpuMs, spent(process.cpuUsage(all)))
      nestedMainCpuMs = Math.max(nestedMainCpuMs, spent(process.threadCpuUsage(main)))
    }
  }
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  for (let round = 0; round < 3; round++) {
    for (const at of nested) {
      const raw = rawOf(at)
      // the loop turns before and after, so that the delay is this mail's and is told
      await pause()
      delay.reset()
      await read(raw).catch(() => {})
      await pause()
      longestBlockMs = Math.max(longestBlockMs, delay.max / 1e6)
    }
  }
  delay.disable()
  return { nestedCpuMs, nestedMainCpuMs, longestBlockMs }
}

function spent({ user, system }: { readonly user: number; readonly system: number }): number {
  return (user + system) / 1000
}

async function pause(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 2))
}

function rawOf(at: number): Uint8Array {
  return readFileSync(join(wish.folder, `${at}`))
}
