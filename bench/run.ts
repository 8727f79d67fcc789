/**
 * `npm run bench -- b1 [--json] [--runs 5] [--engine kontor] [its own numbers]`: runs a benchmark and prints one object
 * per engine, medians over the runs. Without a name it lists what there is. Every run has ground of its own; raw output
 * is kept in bench/results. A run that breaks a rule is told so and gives no speed. `plot` draws what is kept.
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Bench } from './src/bench.ts'
import { measure } from './src/bench.ts'
import { askedFor } from './src/asked.ts'
import { plotAll } from './src/plot.ts'
import { attendingBench } from './src/attending.ts'
import { depthBench } from './src/b1-depth.ts'
import { dispatchBench } from './src/b1-dispatch.ts'
import { neighbourBench } from './src/b2-neighbour.ts'
import { midnightBench } from './src/b3-midnight.ts'
import { crashStormBench } from './src/b4-crash-storm.ts'
import { enqueueBench } from './src/b10-enqueue.ts'
import { filesBench } from './src/files.ts'
import { forecastBench } from './src/forecast.ts'
import { readingBench } from './src/b5-reading.ts'
import { matchingBench } from './src/b6-matching.ts'
import { captureBench } from './src/b7-capture.ts'
import { tokenBench } from './src/b9-tokens.ts'

const benches: Readonly<Record<string, Bench>> = {
  b1: dispatchBench,
  'b1-depth': depthBench,
  b2: neighbourBench,
  b3: midnightBench,
  b4: crashStormBench,
  b5: readingBench,
  b6: matchingBench,
  b7: captureBench,
  b9: tokenBench,
  b10: enqueueBench,
  attending: attendingBench,
  files: filesBench,
  forecast: forecastBench,
}

const words = process.argv.slice(2)
const asked = askedFor(benches, words)
if (words[0] === 'plot') {
  for (const file of await plotAll()) process.stdout.write(`${file}\n`)
} else if ('sentence' in asked) {
  process.stderr.write(`${asked.sentence}\n`)
  process.exitCode = asked.wrong ? 2 : 0
} else {
  const folder = fileURLToPath(new URL('./results/', import.meta.url))
  await mkdir(folder, { recursive: true })
  const raw = async (line: object): Promise<void> => {
    const stamp = {
      bench: asked.name,
      at: new Date().toISOString(),
      cpus: cpus().length,
      node: process.version,
    }
    await appendFile(`${folder}${asked.name}.jsonl`, `${JSON.stringify({ ...stamp, ...line })}\n`)
  }
  for await (const row of measure(asked.bench, asked.wish, raw)) {
    process.stdout.write(asked.json ? `${JSON.stringify(row)}\n` : `${described(row)}\n`)
  }
  // a peer's client may go on trying to reach its server, which is gone
  process.exit()
}

function described(row: object): string {
  return Object.entries(row)
    .map(([key, value]) => `${key}: ${typeof value === 'number' ? rounded(value) : spelled(value)}`)
    .join(' · ')
}

function spelled(value: unknown): string {
  return typeof value === 'object' && value !== null ? `(${described(value)})` : String(value)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
