/**
 * `npm run simulate -- --seed S --mailboxes M --days D [--workers W] [--faults] [--sabotage=NAME]`
 *
 * Without a known NAME it says which there are.
 *
 * Proves sending: the product's store, lease, dispatcher and reconciler on a real PostgreSQL of its own, with a stepped
 * clock and a provider that breaks. The last line is the verdict, read from the provider's log; exit 1 when it is not ok.
 * The same seed gives the same schedule (its hash is told before the verdict) and the same figures but `seconds`.
 */
import { parseArgs } from 'node:util'
import { wallClock } from '../src/platform/clock/index.ts'
import { simulate } from './run.ts'
import { sabotages } from './sabotage.ts'
import { openStand } from './stand.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    mailboxes: { type: 'string', default: '4' },
    days: { type: 'string', default: '3' },
    workers: { type: 'string', default: '3' },
    faults: { type: 'boolean', default: false },
    sabotage: { type: 'string' },
  },
})
const sabotage = sabotages.find((one) => one === values.sabotage)
const [mailboxes, days, workers] = [Number(values.mailboxes), Number(values.days), Number(values.workers)]
const complaint =
  values.sabotage !== undefined && sabotage === undefined
    ? `--sabotage is one of ${sabotages.join(', ')}`
    : [mailboxes, days, workers].every((count) => Number.isInteger(count) && count > 0)
      ? undefined
      : '--mailboxes, --days and --workers are whole numbers from 1'

if (complaint === undefined) {
  const begun = wallClock.monotonicMs()
  await using stand = await openStand(workers)
  const { seed, faults } = values
  const { told, schedule, ok, forecast_mismatches, ...figures } = await simulate(stand, {
    seed,
    mailboxes,
    days,
    faults,
    sabotage,
  })
  for (const line of told) process.stdout.write(`${line}\n`)
  process.stdout.write(`schedule ${schedule}\n`)
  const seconds = Math.round((wallClock.monotonicMs() - begun) / 100) / 10
  process.stdout.write(
    `${JSON.stringify({ ok, seed: numberOrWord(seed), ...figures, forecast_mismatches, seconds })}\n`,
  )
  process.exitCode = ok ? 0 : 1
} else {
  process.stderr.write(`${complaint}\n`)
  process.exitCode = 2
}

/** As it was given: `--seed 7` is told as 7, `--seed harvest` as "harvest". */
function numberOrWord(text: string): number | string {
  return String(Number(text)) === text ? Number(text) : text
}
