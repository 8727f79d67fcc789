/**
 * B5: a mail's way from its bytes to the text that is new in it and to HTML that may be shown. Speed, memory, and in the
 * same run how well it was read: one judge looks for what acts in the HTML, and compares the cut with what was written
 * down beforehand.
 *
 * Every contender reads in a process of its own. Kontor's reads in its worker threads, as receiving does.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Contender, Run } from './bench.ts'
import { startProgram } from './children.ts'
import { idioms } from './engines/readers.ts'
import { percentile } from './load.ts'
import type { ReaderSays, ReaderTiming, ReaderWish } from './programs/mail-reader.ts'
import { corpus } from './reading/corpus.ts'
import { cutRightly, holes, lost } from './reading/judge.ts'
import type { Reading, Sample } from './reading/sample.ts'
import lean from '../../scripts/lean.json' with { type: 'json' }

const patienceMs = 30_000
/** The corpus, and a folder with each of its mails under its number, for all runs. */
let ground: Promise<{ readonly samples: readonly Sample[]; readonly folder: string }> | undefined
/** Mails on which an engine hung or died in an earlier run. */
const stuckOn = new Map<string, number[]>()
export const readingBench: Bench = {
  line: 'Reading: MIME to the new text and to HTML that may be shown, over a fixed corpus',
  numbers: { rounds: 1 },
  contenders: ({ rounds = 0 }) =>
    Object.fromEntries(
      Object.entries(idioms).map(([engine, idiom]): [string, Contender] => [
        engine,
        { idiom, run: () => once(engine, rounds) },
      ]),
    ),
  async end() {
    if (ground !== undefined) await rm((await ground).folder, { recursive: true, force: true })
  },
}

async function laid(): Promise<{ readonly samples: readonly Sample[]; readonly folder: string }> {
  const samples = await corpus()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-b5-'))
  for (const [at, { raw }] of samples.entries()) await writeFile(join(folder, `${at}`), raw)
  return { samples, folder }
}

async function once(engine: string, rounds: number): Promise<Run> {
  const { samples, folder } = await (ground ??= laid())
  const nested = [...samples.keys()].filter((at) => samples[at]?.group === 'nested')
  const wish = { engine, rounds, folder, mails: samples.length, nested }
  const skip = stuckOn.get(engine) ?? []
  stuckOn.set(engine, skip)
  for (;;) {
    const readings = new Map<number, Reading>()
    const { stuck, timing } = await watched({ ...wish, skip }, readings)
    if (timing !== undefined) {
      const figures = { ...speed(samples, timing), ...merit(samples, readings, skip.length) }
      return { figures, missed: missed(samples, readings) }
    }
    skip.push(stuck)
  }
}

/** One process; `stuck` is the mail on which it ended or took longer than anybody waits. */
async function watched(
  wish: ReaderWish,
  readings: Map<number, Reading>,
): Promise<{ readonly stuck: number; readonly timing?: ReaderTiming }> {
  const program = startProgram<ReaderSays>('mail-reader', wish, lean)
  let stuck = -1
  let timing: ReaderTiming | undefined
  let patience = setTimeout(() => {}, 0)
  program.onWord((said) => {
    clearTimeout(patience)
    if (said.says === 'begins') {
      stuck = said.at
      patience = setTimeout(() => void program.kill(), patienceMs)
    } else if (said.says === 'read') {
      if (said.reading !== undefined) readings.set(said.at, said.reading)
    } else timing = said.timing
  })
  await program.ended
  clearTimeout(patience)
  return { stuck, ...(timing === undefined ? {} : { timing }) }
}

function speed(samples: readonly Sample[], timing: ReaderTiming): Record<string, number> {
  const of = (wanted: (sample: Sample) => boolean): number[] =>
    timing.each
      .filter((_, at) => wanted(samples[at] as Sample))
      .flat()
      .toSorted((a, b) => a - b)
  const all = of(() => true)
  const big = of(({ group }) => group === 'nested')
  return {
    mailsPerSecond: timing.mails / timing.seconds,
    cpuMsPerMail: timing.cpuMs / timing.mails,
    p50Ms: percentile(all, 0.5),
    p99Ms: percentile(all, 0.99),
    nestedP50Ms: percentile(big, 0.5),
    nestedP99Ms: percentile(big, 0.99),
    nestedCpuMs: timing.nestedCpuMs,
    nestedMainCpuMs: timing.nestedMainCpuMs,
    longestBlockMs: timing.longestBlockMs,
    peakRssMb: timing.peakRssMb,
    startRssMb: timing.startRssMb,
  }
}

function merit(
  samples: readonly Sample[],
  readings: ReadonlyMap<number, Reading>,
  hung: number,
): Record<string, number> {
  const read = samples.flatMap((sample, at) => {
    const reading = readings.get(at)
    return reading === undefined ? [] : [{ sample, reading, ...holes(reading.html) }]
  })
  const count = (wanted: (one: (typeof read)[number]) => boolean): number => read.filter(wanted).length
  return {
    mails: samples.length,
    refused: samples.length - read.length - hung,
    hung,
    leaksThatRun: count(({ runs }) => runs > 0),
    leaksThatAsk: count(({ asks }) => asks > 0),
    leaksThatLeave: count(({ leaves }) => leaves > 0),
    leaksOnce: count(({ ranOnce }) => ranOnce > 0),
    answers: samples.filter(({ visible }) => visible !== undefined).length,
    cutRightly: count(({ sample, reading }) => sample.visible !== undefined && cutRightly(sample, reading)),
    wordsLost: read.reduce((sum, { sample, reading }) => sum + lost(sample, reading), 0),
  }
}

/** For the raw line: on which mails it failed, by name. */
function missed(
  samples: readonly Sample[],
  readings: ReadonlyMap<number, Reading>,
): Record<string, readonly string[]> {
  const named = (wanted: (sample: Sample, reading: Reading | undefined) => boolean): string[] =>
    samples.filter((sample, at) => wanted(sample, readings.get(at))).map(({ name }) => name)
  return {
    unread: named((_, reading) => reading === undefined),
    runs: named((_, reading) => holes(reading?.html ?? '').runs > 0),
    cutWrongly: named(
      (sample, reading) =>
        sample.visible !== undefined && reading !== undefined && !cutRightly(sample, reading),
    ),
    wordsLost: named((sample, reading) => reading !== undefined && lost(sample, reading) > 0),
  }
}
