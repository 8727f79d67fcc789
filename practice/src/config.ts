/** The only reader of the environment in the practice world. Answers a complete configuration or throws with a sentence. */
import { join } from 'node:path'

export interface PracticeConfig {
  readonly folder: string
  /** Undefined: the remembered port, or a free one. */
  readonly port: number | undefined
  readonly portFile: string
  readonly allowReset: boolean
  readonly seed: 'cast' | 'none'
  readonly act: boolean
}

export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): PracticeConfig {
  const folder = environment['KONTOR_DATA'] ?? './data'
  const given = environment['PRACTICE_PORT']
  const port = given === undefined || given === '' ? undefined : Number(given)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error(`PRACTICE_PORT must be a port number, not "${given ?? ''}".`)
  }
  return {
    folder,
    port,
    portFile: join(folder, 'practice-port'),
    allowReset: environment['PRACTICE_RESET'] === '1',
    act: environment['PRACTICE_ACT'] === '1',
    seed: environment['PRACTICE_SEED'] === 'none' ? 'none' : 'cast',
  }
}
