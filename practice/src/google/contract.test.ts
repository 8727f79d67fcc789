/**
 * This world against Google's discovery document, where that lies beside the repository: scopes, parameters, fields. That its
 * answers are as described is seen at every answer of every test (testing/contract.ts).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reader } from '../json.ts'
import { GMAIL_CONTRACT, againstContract, gmailMethods } from '../testing/contract.ts'
import {
  ANNA,
  type Answer,
  READONLY,
  SEND,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'
import { RESOURCES } from './known-fields.ts'
import { METHOD_TERMS } from './gmail-methods.ts'
import { COMMON, PARAMETERS, type ParameterKind, type Parameters } from './parameters.ts'
import { GMAIL, MAIL_GOOGLE } from './scopes.ts'

let world: TestWorld
let token: string
beforeAll(async () => {
  world = await startWorld()
  token = await accessToken(world, ANNA, [SEND, READONLY])
})
afterAll(() => world[Symbol.asyncDispose]())

const METHODS = GMAIL_CONTRACT === undefined ? [] : gmailMethods(GMAIL_CONTRACT)

function described(name: string): Reader {
  const found = METHODS.find((method) => method.text('id') === name)
  if (found === undefined) throw new Error(`${name} is no method`)
  return found
}

/** Parameters of a query as the document has them. */
function parametersIn(place: Reader): Parameters {
  const listed =
    place
      .maybeReader('parameters')
      ?.entries()
      .map(([name]) => name) ?? []
  return Object.fromEntries(
    listed
      .map((name) => [name, place.reader('parameters').reader(name)] as const)
      .filter(([, each]) => each.text('location') === 'query')
      .map(([name, each]): [string, ParameterKind] => [name, kindOf(each)]),
  )
}

function kindOf(parameter: Reader): ParameterKind {
  if (parameter.has('enum')) return parameter.texts('enum')
  const [type, format] = [parameter.text('type'), parameter.maybeText('format')]
  if (type === 'boolean') return 'flag'
  if (type === 'integer') return 'count'
  return format === 'uint64' ? 'long' : 'text'
}

/** A value that is of no kind but a text's. */
const WRONG = 'ß'

/** A method as it is called in this world, with something in the place of each id. */
function call(name: string, query = '', body?: string): Promise<Answer> {
  const method = described(name)
  const verb = method.text('httpMethod')
  const path = method
    .text('path')
    .replace('{userId}', 'me')
    .replaceAll(/\{[^}]+\}/g, 'x')
  return world.call(`/${path}${query}`, {
    method: verb,
    headers: { authorization: `Bearer ${token}` },
    ...(verb === 'GET' ? {} : { body: body ?? '{}' }),
  })
}

const BODIES: readonly (readonly [method: string, resource: string])[] = [
  ['gmail.users.messages.send', 'Message'],
  ['gmail.users.watch', 'WatchRequest'],
]

describe.skipIf(GMAIL_CONTRACT === undefined)('beside the discovery document', () => {
  test.for([...METHOD_TERMS])(
    '%s takes the scopes and the parameters that Google lists',
    ([name, { scopes, answers }]) => {
      const known = new Set<string>([...Object.values(GMAIL), MAIL_GOOGLE])
      const listed = described(name)
        .texts('scopes')
        .filter((scope) => known.has(scope))
      expect([...scopes].toSorted()).toEqual(listed.toSorted())
      expect(described(name).maybeReader('response')?.text('$ref') ?? '').toBe(answers)
      expect(PARAMETERS[name] ?? {}).toEqual(parametersIn(described(name)))
    },
  )

  test.for(Object.entries(RESOURCES))('%s has the fields that Google describes', ([name, fields]) => {
    const properties = schemas().reader(name).reader('properties')
    expect(Object.keys(fields).toSorted()).toEqual(
      properties
        .entries()
        .map(([field]) => field)
        .toSorted(),
    )
  })

  test('every method takes what all take', () => {
    expect(COMMON).toEqual(GMAIL_CONTRACT === undefined ? {} : parametersIn(GMAIL_CONTRACT))
  })

  test.for([...METHOD_TERMS.keys()])('%s refuses a name in its query that it does not know', async (name) => {
    const refused = await call(name, '?colour=red')
    expect([refused.status, refused.body.reader('error').text('message')]).toEqual([
      400,
      expect.stringContaining('Unknown name "colour"'),
    ])
  })

  test.for(
    [...METHOD_TERMS.keys()].flatMap((name) =>
      Object.entries({ ...COMMON, ...PARAMETERS[name] })
        .filter(([, kind]) => kind !== 'text')
        .map(([parameter]) => [name, parameter] as const),
    ),
  )('%s refuses a value of %s that is of another kind', async ([name, parameter]) => {
    const refused = await call(name, `?${encodeURIComponent(parameter)}=${encodeURIComponent(WRONG)}`)
    expect([refused.status, refused.body.reader('error').text('message')]).toEqual([
      400,
      expect.stringContaining('Invalid value at'),
    ])
  })

  test.for(
    BODIES.flatMap(([name, resource]) => [
      [name, 'a field that it does not know', '{"colour":"red"}', resource] as const,
      [name, 'a body that is no object', '[]', resource] as const,
      [name, 'a body that is no JSON', '{', resource] as const,
    ]),
  )('%s refuses %s', async ([name, , body, resource]) => {
    expect(described(name).reader('request').text('$ref')).toBe(resource)
    expect((await call(name, '', body)).status).toBe(400)
  })

  test.for([
    ['gmail.users.messages.send', { raw: 7 }],
    ['gmail.users.messages.send', { raw: 'AA', threadId: 7 }],
    ['gmail.users.watch', { topicName: 7 }],
    ['gmail.users.watch', { topicName: 'projects/a/topics/b', labelIds: [7] }],
    ['gmail.users.watch', { topicName: 'projects/a/topics/b', labelFilterBehavior: 'sometimes' }],
  ] as const)('%s refuses %j', async ([name, body]) => {
    expect((await call(name, '', JSON.stringify(body))).status).toBe(400)
  })

  test('an answer with another name or another type is seen', async () => {
    const sent = await world.send(token, letter('Hello'))
    const path = `/gmail/v1/users/me/messages/${sent.body.text('id')}`
    const message = Object.fromEntries((await world.call(path, bearing())).body.entries())
    const wrong = (change: object): readonly string[] =>
      againstContract({ verb: 'GET', path, status: 200, body: { ...message, ...change } })
    expect([
      wrong({}),
      wrong({ colour: 'red' }),
      wrong({ historyId: 7 }),
      wrong({ historyId: 'seven' }),
      wrong({ labelIds: 'INBOX' }),
      wrong({ payload: { headers: [{ name: 'To', value: 7 }] } }),
      againstContract({ verb: 'GET', path: '/gmail/v1/users/me/nothing', status: 200, body: {} }),
    ]).toEqual([
      [],
      ['Message.colour is not described'],
      ['Message.historyId is 7, not string uint64'],
      ['Message.historyId is "seven", not string uint64'],
      ['Message.labelIds is no list'],
      ['Message.payload.headers[0].value is 7, not string '],
      ['GET /gmail/v1/users/me/nothing is no method'],
    ])
  })
})

function bearing(): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } }
}

function schemas(): Reader {
  if (GMAIL_CONTRACT === undefined) throw new Error('no document lies beside')
  return GMAIL_CONTRACT.reader('schemas')
}
