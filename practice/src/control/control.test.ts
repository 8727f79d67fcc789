import { isoTime } from '../clock.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  ANNA,
  MIA,
  READONLY,
  SEND,
  START,
  type TestWorld,
  accessToken,
  letter,
  startWorld,
} from '../testing/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(async () => {
  await world.post('/control/reset', { seed: 'none' })
  for (const [address, name] of [
    [ANNA, 'Anna Keller'],
    [MIA, 'Mia Brandt'],
  ]) {
    await world.post('/control/accounts', { address, name })
  }
})

test('the clock can be moved on, set off, and set to a time', async () => {
  const now = async (body: object): Promise<readonly unknown[]> => {
    const answer = await world.post('/control/clock', body)
    return [answer.body.text('now'), answer.body.number('nowMs') - START, answer.body.number('offsetMs')]
  }
  expect([
    await now({ advanceMs: 1000 }),
    await now({ advanceMs: 500 }),
    await now({ offsetMs: 60_000 }),
    await now({ now: '2026-11-25T08:00:00Z' }),
  ]).toEqual([
    ['2026-11-24T08:00:01.000Z', 1000, 1000],
    ['2026-11-24T08:00:01.500Z', 1500, 1500],
    ['2026-11-24T08:01:00.000Z', 60_000, 60_000],
    ['2026-11-25T08:00:00.000Z', 86_400_000, 86_400_000],
  ])
  expect((await world.post('/control/clock', { now: 'soon' })).status).toBe(400)
})

test('letters are delivered one at a time or many at once, raw or in parts', async () => {
  const raw = 'From: a@outside.example\r\nSubject: Raw\r\nMessage-ID: <raw@outside.example>\r\n\r\nHello'
  const one = await world.post('/control/deliver', { to: ANNA, raw })
  const many = await world.post('/control/deliver', [
    { to: ANNA, rawBase64: Buffer.from(raw.replace('Subject: Raw', 'Subject: Base64')).toString('base64') },
    {
      to: MIA,
      from: 'a@outside.example',
      subject: 'Parts',
      text: 'Hello',
      headers: { 'Auto-Submitted': 'auto-replied' },
      labels: ['SPAM'],
    },
  ])
  const arrivals = await world.records('arrivals')
  expect(
    arrivals.map((each) => [
      each.number('seq'),
      each.text('mailbox'),
      each.text('subject'),
      each.texts('labels'),
      each.text('source'),
    ]),
  ).toEqual([
    [1, ANNA, 'Raw', ['UNREAD', 'INBOX'], 'delivered'],
    [2, ANNA, 'Base64', ['UNREAD', 'INBOX'], 'delivered'],
    [3, MIA, 'Parts', ['SPAM'], 'delivered'],
  ])
  expect([
    one.body.readers('delivered').length,
    many.body.readers('delivered').map((each) => each.number('seq')),
  ]).toEqual([1, [2, 3]])
})

test('when one of many letters has no mailbox, none is delivered', async () => {
  const answer = await world.post('/control/deliver', [
    { to: ANNA, from: 'a@outside.example' },
    { to: 'nobody@people.practice.example', from: 'a@outside.example' },
  ])
  expect([answer.status, answer.body.text('error'), await world.records('arrivals')]).toEqual([
    400,
    'There is no mailbox nobody@people.practice.example.',
    [],
  ])
})

test('each message of a mailbox is told with what its clients call it', async () => {
  const boxes = [ANNA, 'olga@office.practice.example', 'lea@post.practice.example']
  const namesIn = async (address: string): Promise<readonly unknown[]> => {
    await world.post('/control/accounts', { address, name: 'Somebody' })
    await world.post('/control/deliver', { to: address, from: 'a@outside.example', labels: ['SPAM'] })
    const { body } = await world.call(`/control/mailboxes/${encodeURIComponent(address)}/messages`)
    return body.readers('messages').map((each) => [each.text('id').length, ...each.texts('names')])
  }
  expect([await namesIn(ANNA), await namesIn(boxes[1] ?? ''), await namesIn(boxes[2] ?? '')]).toEqual([
    [[16, expect.stringMatching(/^[0-9a-f]{16}$/)]],
    [[16, expect.stringMatching(/^AAkALgAA/), expect.stringMatching(/^AAMkADAw/)]],
    [[16, expect.stringMatching(/^Junk;UIDVALIDITY=\d+\/;UID=3$/)]],
  ])
})

test('records come in pages by number, for all or for one mailbox', async () => {
  await world.post(
    '/control/deliver',
    Array.from({ length: 5 }, (_, index) => ({
      to: index % 2 === 0 ? ANNA : MIA,
      from: 'a@outside.example',
      subject: String(index),
    })),
  )
  const page = async (query: string): Promise<readonly unknown[]> => {
    const { body } = await world.call(`/control/records/arrivals?${query}`)
    return [body.readers('arrivals').map((each) => each.text('subject')), body.number('next')]
  }
  expect([
    await page('limit=2'),
    await page('since=2&limit=2'),
    await page('since=5'),
    await page(`mailbox=${MIA}`),
  ]).toEqual([
    [['0', '1'], 2],
    [['2', '3'], 4],
    [[], 5],
    [['1', '3'], 4],
  ])
  const counts = await Promise.all(
    ['', `?mailbox=${MIA}`].map(async (query) =>
      (await world.call(`/control/records/counts${query}`)).body.entries(),
    ),
  )
  expect(counts).toEqual([
    [
      ['calls', 0],
      ['mails', 0],
      ['arrivals', 5],
    ],
    [
      ['calls', 0],
      ['mails', 0],
      ['arrivals', 2],
    ],
  ])
})

test('the record of a call says which fields really went out', async () => {
  const token = await accessToken(world, ANNA, [SEND, READONLY])
  await world.post('/control/deliver', { to: ANNA, from: 'a@outside.example', subject: 'x', text: 'secret' })
  const [arrival] = await world.records('arrivals')
  const id = arrival?.text('id') ?? ''
  await world.gmail(
    token,
    `messages/${id}?format=metadata&metadataHeaders=Message-ID&fields=id,threadId,payload/headers`,
  )
  const call = (await world.records('calls')).at(-1)
  expect(call?.entries()).toEqual([
    ['seq', 2],
    ['at', isoTime(START)],
    ['mailbox', ANNA],
    ['method', 'gmail.users.messages.get'],
    ['ids', [id]],
    ['threadIds', [id]],
    ['format', 'metadata'],
    ['fields', ['id', 'payload.headers[Message-ID]', 'threadId']],
    [
      'scopes',
      [
        'openid',
        'https://www.googleapis.com/auth/userinfo.email',
        'https://www.googleapis.com/auth/userinfo.profile',
        SEND,
        READONLY,
      ],
    ],
    ['status', 200],
  ])
})

test('the record of mails can leave the bytes out', async () => {
  const token = await accessToken(world, ANNA, [SEND])
  await world.send(token, letter('Hello'))
  const [mail] = await world.records('mails', 'raw=0')
  expect([mail?.has('raw'), mail?.text('mailbox'), mail?.texts('recipients'), mail?.text('from')]).toEqual([
    false,
    ANNA,
    [MIA],
    ANNA,
  ])
})

test('the pages show mailboxes and mail, and answer by hand', async () => {
  await world.post('/control/deliver', {
    to: MIA,
    from: `Anna <${ANNA}>`,
    subject: 'Shown <here>',
    text: 'Hello',
  })
  const [arrival] = await world.records('arrivals')
  const home = await world.call('/')
  const german = await world.call('/?hl=de')
  const mail = await world.call(`/mailbox/${MIA}/${arrival?.text('id')}`)
  expect([
    home.text.includes('Shown &lt;here&gt;'),
    german.text.includes('Die Übungswelt'),
    mail.text.includes('<pre>Hello'),
  ]).toEqual([true, true, true])
  const answered = await world.postForm(`/mailbox/${MIA}/${arrival?.text('id')}`, { text: 'By hand' })
  expect([
    answered.status,
    (await world.records('arrivals', `mailbox=${ANNA}`)).map((each) => each.text('subject')),
  ]).toEqual([303, ['Re: Shown <here>']])
})

test('a picture inside a letter is shown with it, and its file is named', async () => {
  await world.post('/control/deliver', {
    to: MIA,
    raw: [
      'From: Kim <kim@agency.practice.example>',
      'Subject: Place',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Here: <img src="cid:place@x"></p>',
      '--b',
      'Content-Type: image/png; name=place.png',
      'Content-ID: <place@x>',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw==',
      '--b--',
      '',
    ].join('\r\n'),
  })
  const arrival = (await world.records('arrivals', `mailbox=${MIA}`)).at(-1)
  const shown = await world.call(`/mailbox/${MIA}/${arrival?.text('id')}`)
  expect([shown.text.includes('data:image/png;base64,iVBORw=='), shown.text.includes('place.png')]).toEqual([
    true,
    true,
  ])
})

test('people are woken and sent to sleep from the page', async () => {
  const pressed = await world.postForm('/people/act', { pace: 'minutes' })
  const awake = (await world.call('/control/people')).body.flag('acting', false)
  const shown = await world.call('/?hl=de')
  expect(shown.text).toContain('value="minutes" aria-pressed="true">Binnen Minuten')
  await world.postForm('/people/act', { pace: 'off' })
  expect([pressed.status, awake, (await world.call('/control/people')).body.flag('acting', true)]).toEqual([
    303,
    true,
    false,
  ])
})

function write(origin: string): ReturnType<TestWorld['call']> {
  const body = '{"messageIdRewrite":true}'
  return world.call('/control/faults', { method: 'POST', headers: { origin }, body })
}

test('another page may not write here', async () => {
  expect([
    (await write('https://evil.example')).status,
    (await write('http://127.0.0.1:5173')).status,
  ]).toEqual([403, 200])
})

test.for([
  [
    '/control/accounts',
    { address: 'a@gmail.example', name: 'A' },
    '"address" must be an address under practice.example.',
  ],
  ['/control/accounts', { address: ANNA }, '"name" must be a text.'],
  [
    '/control/people',
    { list: [{ temperament: 'cheerful' }] },
    '"temperament" must be one of applies, asks, applies-and-asks, negotiates, declines, declines-in-words, silent, away, manager, full, gone, late.',
  ],
  ['/control/people/act', { pace: 'fast' }, '"pace" must be "immediately", "minutes" or {minMs, maxMs}.'],
] as const)('%s with %j is told to be wrong', async ([path, body, sentence]) => {
  const answer = await world.post(path, body)
  expect([answer.status, answer.body.text('error')]).toEqual([400, sentence])
})
