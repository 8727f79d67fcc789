/**
 * `npm run bench -- b1|b3 [--json] [--runs 5] [--mailboxes 500] [--mails 24] [--cap 20] [--seconds 60]`
 *
 * Prints one object per engine: medians over the runs. Every run has a fresh database. Raw output is kept in
 * bench/results. A run that breaks cap or rank is told so and gives no speed.
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { dispatchBench } from './src/b1-dispatch.ts'

const benches = { b1: dispatchBench } as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    mailboxes: { type: 'string', default: '500' },
    mails: { type: 'string', default: '24' },
    cap: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    engine: { type: 'string' },
  },
})
const name = positionals[0]
if (name !== 'b1') {
  process.stderr.write(`The benchmarks are ${Object.keys(benches).join(', ')}: npm run bench -- b1 --json\n`)
  process.exitCode = 2
} else {
  const folder = fileURLToPath(new URL('./results/', import.meta.url))
  await mkdir(folder, { recursive: true })
  const raw = async (line: object): Promise<void> => {
    const stamped = { at: new Date().toISOString(), cpus: cpus().length, node: process.version, ...line }
    await appendFile(`${folder}${name}.jsonl`, `${JSON.stringify(stamped)}\n`)
  }
  const wish = {
    runs: Number(values.runs),
    load: {
      mailboxes: Number(values.mailboxes),
      mailsPerMailbox: Number(values.mails),
      cap: Number(values.cap),
    },
    seconds: Number(values.seconds),
    engine: values.engine,
  }
  for await (const row of benches[name](wish, raw)) {
    process.stdout.write(values.json ? `${JSON.stringify(row)}\n` : `${describe(row)}\n`)
  }
}

function describe(row: object): string {
  return Object.entries(row)
    .map(
      ([key, value]) =>
        `${key}: ${typeof value === 'number' ? Math.round(value * 100) / 100 : String(value)}`,
    )
    .join(' · ')
}
