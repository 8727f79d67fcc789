/** Our scope table and our answers against Google's discovery document, where that document lies beside the repository. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Reader } from '../json.ts'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'
import { RESOURCES } from './known-fields.ts'
import { GMAIL, MAIL_GOOGLE } from './scopes.ts'
import { METHOD_TERMS } from './gmail-methods.ts'

const PATH = new URL('../../../../shared/contracts/gmail.v1.json', import.meta.url)
const document = existsSync(PATH) ? new Reader(JSON.parse(readFileSync(PATH, 'utf8'))) : undefined

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** The description of `gmail.users.messages.get` inside the nested resources. */
function described(name: string): Reader {
  const path = name.split('.').slice(1)
  let place = document ?? new Reader({})
  for (const resource of path.slice(0, -1)) place = place.reader('resources').reader(resource)
  return place.reader('methods').reader(path.at(-1) ?? '')
}

/** Names in an answer that the schema does not know, as paths. */
function strangers(value: unknown, schemaName: string, path = schemaName): readonly string[] {
  const properties = (document ?? new Reader({})).reader('schemas').reader(schemaName).reader('properties')
  return new Reader(value).entries().flatMap(([name, inner]) => {
    if (!properties.has(name)) return [`${path}.${name}`]
    const property = properties.reader(name)
    const reference =
      property.maybeText('$ref') ??
      (property.has('items') ? property.reader('items').maybeText('$ref') : undefined)
    if (reference === undefined) return []
    const list: readonly unknown[] = Array.isArray(inner) ? inner : [inner]
    return list.flatMap((each) => strangers(each, reference, `${path}.${name}`))
  })
}

describe.skipIf(document === undefined)('beside the discovery document', () => {
  test.for([...METHOD_TERMS])('%s takes the scopes that Google lists', ([name, { scopes, answers }]) => {
    const known = new Set<string>([...Object.values(GMAIL), MAIL_GOOGLE])
    const listed = described(name)
      .texts('scopes')
      .filter((scope) => known.has(scope))
    expect([...scopes].toSorted()).toEqual(listed.toSorted())
    expect(described(name).maybeReader('response')?.text('$ref') ?? '').toBe(answers)
  })

  test.for(Object.entries(RESOURCES))('%s has the fields that Google describes', ([name, fields]) => {
    const properties = (document ?? new Reader({})).reader('schemas').reader(name).reader('properties')
    expect(Object.keys(fields).toSorted()).toEqual(
      properties
        .entries()
        .map(([field]) => field)
        .toSorted(),
    )
  })

  test('no answer holds a field that Google does not describe', async () => {
    const token = await accessToken(world, ANNA, [SEND, READONLY])
    const start = (await world.gmail(token, 'profile')).body.text('historyId')
    const sent = await world.send(token, letter('Hello', `Cc: ${ANNA}`))
    const id = sent.body.text('id')
    await world.post('/control/topics', {
      topic: 'projects/a/topics/b',
      endpoint: 'http://127.0.0.1:9/push',
      serviceAccount: 'pusher@kontor.example',
    })
    const answers = [
      ['Message', sent],
      ['Profile', await world.gmail(token, 'profile')],
      ['Message', await world.gmail(token, `messages/${id}`)],
      ['Message', await world.gmail(token, `messages/${id}?format=raw`)],
      ['ListMessagesResponse', await world.gmail(token, 'messages')],
      ['Thread', await world.gmail(token, `threads/${id}`)],
      ['ListThreadsResponse', await world.gmail(token, 'threads')],
      ['ListHistoryResponse', await world.gmail(token, `history?startHistoryId=${start}`)],
      ['ListLabelsResponse', await world.gmail(token, 'labels')],
      ['Label', await world.gmail(token, 'labels/INBOX')],
      ['ListSendAsResponse', await world.gmail(token, 'settings/sendAs')],
      ['SendAs', await world.gmail(token, `settings/sendAs/${ANNA}`)],
      [
        'WatchResponse',
        await world.gmail(token, 'watch', { method: 'POST', body: '{"topicName":"projects/a/topics/b"}' }),
      ],
    ] as const
    expect(
      answers.map(([schema, answer]) => [
        schema,
        answer.status,
        strangers(Object.fromEntries(answer.body.entries()), schema),
      ]),
    ).toEqual(answers.map(([schema]) => [schema, 200, []]))
    expect((await world.records('arrivals')).map((arrival) => arrival.text('mailbox'))).toEqual([MIA, ANNA])
  })
})
