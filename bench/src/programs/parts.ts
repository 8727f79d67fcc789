/** The machines of the product as the programs of the benchmarks put them together. */
import { openDatabase } from '../../../server/src/platform/db/index.ts'
import type { Database } from '../../../server/src/platform/db/index.ts'
import { silentLog } from '../../../server/src/platform/log/index.ts'
import { openSecretBox } from '../../../server/src/platform/secret-box/index.ts'

export const benchBox = openSecretBox({ keys: [{ id: 'a', key: new Uint8Array(32).fill(7) }], current: 'a' })

export function benchDatabase(url: string, poolSize = 10): Database {
  return openDatabase({ url, applicationName: 'kontor bench', poolSize, log: silentLog })
}

/** Monotonic and the same clock in every process of the machine. */
export function nanoseconds(): number {
  return Number(process.hrtime.bigint())
}
