/**
 * `npm run reset-password -- ADDRESS`: gives a person a new password, printed once, and ends every session of that
 * person. For whoever has the terminal, because Kontor may have no way to send mails of its own.
 */
import { readConfig, describeProblems } from '../config.ts'
import { openDatabase } from '../platform/db/index.ts'
import { systemIds } from '../platform/ids/index.ts'
import { sentenceFor, startDatabase } from '../start-database.ts'
import { hashPassword, readPersonByAddress, replacePassword, signInKey } from '../team/index.ts'

const passwordBytes = 12

try {
  await run(process.argv.slice(2).find((argument) => !argument.startsWith('-')))
} catch (error) {
  const sentence = sentenceFor(error)
  if (sentence === undefined) throw error
  refuse(sentence)
}

async function run(address: string | undefined): Promise<void> {
  if (address === undefined)
    return refuse('Whose password? npm run reset-password -- anna@atelier-nord.example')
  const config = readConfig()
  if (!('role' in config)) return refuse(describeProblems(config))
  await using ready = await startDatabase({ ...config, steppableClock: undefined })
  await using database = openDatabase({
    url: ready.url,
    applicationName: 'kontor reset-password',
    poolSize: 1,
  })
  const password = systemIds.token(passwordBytes)
  const passwordHash = await hashPassword(password)
  const person = await database.inSystem(async (tx) => {
    const found = await readPersonByAddress(tx, signInKey(address))
    if (found !== undefined) await replacePassword(tx, found.id, passwordHash)
    return found
  })
  if (person === undefined) return refuse(`Nobody here signs in with ${address}.`)
  process.stdout.write(`New password of ${person.name} (${person.address}): ${password}\n`)
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
