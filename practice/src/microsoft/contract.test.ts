/**
 * This world against the description of Graph's mail, where that lies beside the repository: permissions, parameters, refusals.
 * That its answers are as described is seen at every answer of every test (testing/contract.ts).
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GRAPH_CONTRACT, againstContract, graphOperations } from '../testing/contract.ts'
import { FULL, OLGA, officeSignIn } from '../testing/office.ts'
import { type Answer, MIA, type TestWorld, startWorld } from '../testing/world.ts'
import { METHODS } from './graph-methods.ts'

let world: TestWorld
let token: string
beforeAll(async () => {
  world = await startWorld()
  await world.post('/control/accounts', { address: OLGA, name: 'Olga Brandt' })
  token = (await officeSignIn(world, FULL)).text('access_token')
})
afterAll(() => world[Symbol.asyncDispose]())

function call(verb: string, path: string, body?: string, type = 'application/json'): Promise<Answer> {
  return world.call(`/graph/v1.0${path}`, {
    method: verb,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    ...(body === undefined ? {} : { body }),
  })
}

const codeOf = ({ body }: Answer): string => body.reader('error').text('code')

/** A method's own line in the contract, as it is called here. */
function lineOf(name: string): readonly [verb: string, path: string] {
  const found = graphOperations().find(([, , operation]) => `graph.${operation.text('operationId')}` === name)
  if (found === undefined) throw new Error(`${name} is no operation`)
  return [found[0], found[1].replace('{mailFolder-id}', 'inbox').replaceAll(/\{[^}]+\}/g, 'x')]
}

const names = METHODS.map((each) => [each.name, each] as const)
const SPOKEN = new Set(METHODS.map(({ name }) => name))

describe.skipIf(GRAPH_CONTRACT === undefined)('beside the contract', () => {
  test.for(names)(
    '%s takes the permissions and no parameters but those that the contract lists',
    ([name, method]) => {
      const operation = graphOperations().find(
        ([, , each]) => `graph.${each.text('operationId')}` === name,
      )?.[2]
      const listed = operation?.texts('x-ms-permissions-delegated-leastFirst')
      const watched = METHODS.find((each) => each.name === 'graph.me.listMessages')?.scopes
      expect(method.scopes).toEqual(listed?.[0] === 'same as the watched resource' ? watched : listed)
      const parameters = operation?.readers('parameters').map((each) => each.text('name')) ?? []
      expect(method.parameters.filter((each) => !parameters.includes(each))).toEqual([])
    },
  )

  test.for(names)('%s refuses a name in its query that it does not know', async ([name]) => {
    const [verb, path] = lineOf(name)
    expect(codeOf(await call(verb, `${path}?colour=red`, verb === 'GET' ? undefined : '{}'))).toBe(
      'BadRequest',
    )
  })

  test.for(
    names.flatMap(([name, { parameters }]) =>
      [
        ['$select', 'colour'],
        ['$top', 'ten'],
        ['$skip', '-1'],
        ['$filter', "colour eq 'red'"],
        ['$orderby', 'colour'],
        ['$expand', 'colour'],
        ['changeType', 'coloured'],
      ]
        .filter(([parameter = '']) => parameters.includes(parameter))
        .map(([parameter = '', value = '']) => [name, parameter, value] as const),
    ),
  )('%s refuses %s=%s', async ([name, parameter, value]) => {
    await world.post('/control/deliver', { to: OLGA, from: MIA, subject: 'Hello', text: 'Hi' })
    const [listed] = (await call('GET', '/me/messages?$select=id')).body.readers('value')
    const [verb, path] = lineOf(name)
    const there = path.replace('/messages/x', `/messages/${listed?.text('id')}`)
    expect((await call(verb, `${there}?${parameter}=${encodeURIComponent(value)}`)).status).toBe(400)
  })

  test.for(
    graphOperations()
      .filter(
        ([, path, operation]) =>
          path.startsWith('/me') && !SPOKEN.has(`graph.${operation.text('operationId')}`),
      )
      .map(([verb, path]) => [verb, path] as const),
  )('%s %s, which this world does not speak, is refused and not answered otherwise', async ([verb, path]) => {
    const asked = path.replaceAll(/\{[^}]+\}/g, 'x')
    expect((await call(verb, asked, verb === 'GET' ? undefined : '{}')).status).toBe(400)
  })

  const to = [{ emailAddress: { address: MIA } }]
  test.for([
    ['a property that it does not know', { message: { toRecipients: to, colour: 'red' } }],
    ['a property beside the message', { message: { toRecipients: to }, colour: 'red' }],
    ['no message', {}],
    ['a message that is none', { message: 'Hello' }],
    ['recipients that are none', { message: { toRecipients: 'mia' } }],
    ['a choice that is none', { message: { toRecipients: to }, saveToSentItems: 'yes' }],
    ['a file, which would be lost', { message: { toRecipients: to, attachments: [{ name: 'a' }] } }],
  ])('sending refuses %s', async ([, body]) => {
    const before = (await world.records('mails')).length
    expect((await call('POST', '/me/sendMail', JSON.stringify(body))).status).toBe(400)
    expect((await world.records('mails')).length).toBe(before)
  })

  test('an answer with another name or another type is seen', () => {
    const wrong = (body: unknown, status = 200, path = '/graph/v1.0/me/messages/x'): readonly string[] =>
      againstContract({ verb: 'GET', path, status, body })
    expect([
      wrong({ id: 'x', subject: null, isDraft: false, receivedDateTime: '2026-11-24T08:00:00Z' }),
      wrong({ id: 'x', colour: 'red' }),
      wrong({ isDraft: 'false' }),
      wrong({ receivedDateTime: 'Tuesday' }),
      wrong({ from: { emailAddress: { address: 7 } } }),
      wrong({ body: { contentType: 'paper', content: '' } }),
      wrong({}, 302),
      wrong({ value: [] }, 200, '/graph/v1.0/me/nothing'),
    ]).toEqual([
      [],
      ['me.getMessage.colour is not described'],
      ['me.getMessage.isDraft is "false", not boolean '],
      ['me.getMessage.receivedDateTime is "Tuesday", not string date-time'],
      ['me.getMessage.from.emailAddress.address is 7, not string '],
      ['me.getMessage.body.contentType is "paper", not string '],
      ['302 is no answer to GET /graph/v1.0/me/messages/x'],
      ['GET /graph/v1.0/me/nothing is no operation'],
    ])
  })
})
