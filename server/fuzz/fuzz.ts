/**
 * `npm run fuzz -- [--inputs 20000] [--seed 1] [--folder F] [--only N]`: spoils sample mails by chance and has them read as
 * receiving reads mail, in its threads and within their limits: nothing may crash, hang, or leave HTML that acts. A
 * failing input is kept in data/fuzz; --only N with the same seed and folder reads it alone. The last line is the
 * verdict. Exit 1 when it is not ok, exit 2 when nothing could be run.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inputOf } from './mutations.ts'
import type { Failure } from './rounds.ts'
import { fuzz } from './rounds.ts'
import { samplesFrom } from './samples.ts'

const kept = fileURLToPath(new URL('../../data/fuzz/', import.meta.url))
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
    only: { type: 'string' },
  },
})
const { seed } = values
const only = values.only === undefined ? undefined : Number(values.only)
const inputs = only === undefined ? Number(values.inputs) : 1

if (!Number.isInteger(inputs) || inputs < 1 || (only !== undefined && !Number.isInteger(only))) {
  process.stderr.write('--inputs is a whole number above 0, --only the number of an input.\n')
  process.exitCode = 2
} else {
  const began = performance.now()
  const samples = await samplesFrom(values.folder)
  const tell = async (failure: Failure): Promise<void> => {
    await mkdir(kept, { recursive: true })
    const file = `${kept}${seed.replaceAll(/\W/g, '_')}-${failure.n}.eml`
    await writeFile(file, inputOf(samples, seed, failure.n))
    process.stdout.write(`${failure.n} ${failure.kind}: ${failure.why}\n  kept as ${file}\n`)
  }
  const failures = await fuzz(samples, { seed, first: only ?? 0, inputs }, tell)
  const count = (kind: Failure['kind']): number => failures.filter((one) => one.kind === kind).length
  const verdict = {
    ok: failures.length === 0,
    seed,
    inputs,
    crashes: count('crash'),
    over_limit: count('over_limit'),
    scripts: count('script'),
    seconds: Math.round((performance.now() - began) / 100) / 10,
  }
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  process.exitCode = verdict.ok ? 0 : 1
}
