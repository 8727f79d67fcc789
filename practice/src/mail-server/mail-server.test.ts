import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIA, type TestWorld, startWorld } from '../testing/world.ts'
import { Wire } from './wire.ts'

const STUDIO = 'studio@post.practice.example'
let world: TestWorld
let ports: { readonly smtp: number; readonly imap: number }

beforeAll(async () => {
  world = await startWorld()
  await world.post('/control/accounts', { address: STUDIO, name: 'Studio' })
  const told = (await world.call('/post/servers')).body
  ports = { smtp: told.number('smtp'), imap: told.number('imap') }
})
afterAll(() => world[Symbol.asyncDispose]())

const letter = (subject: string, to = MIA) =>
  `From: Studio <${STUDIO}>\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Tue, 24 Nov 2026 08:00:00 +0000\r\nMessage-ID: <${subject}@kontor.example>\r\nReferences: <root@kontor.example>\r\n\r\n.dots\r\n..more\r\n`

async function submit(
  raw: string,
  to: string | readonly string[] = MIA,
  pass = 'practice',
  from = STUDIO,
): Promise<string> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: ports.smtp,
    ignoreTLS: true,
    auth: { user: STUDIO, pass },
  })
  const sent = await transport.sendMail({ envelope: { from, to: [to].flat() }, raw: Buffer.from(raw) }).then(
    ({ response }) => response,
    (failure: Error & { response?: string }) => failure.response ?? failure.message,
  )
  transport.close()
  return sent
}

/** Says the commands one after another; every line of the answers. */
async function imap(...commands: readonly string[]): Promise<string> {
  const socket = connect(ports.imap, '127.0.0.1')
  const wire = new Wire(socket)
  const lines: string[] = [(await wire.line()) ?? '']
  for (const [index, command] of commands.entries()) {
    wire.say(`t${index} ${command}`)
    for (let line = await wire.line(); line !== undefined; line = await wire.line()) {
      lines.push(line)
      if (line.startsWith(`t${index} `) || line.startsWith('+ ')) break
    }
  }
  socket.destroy()
  return lines.join('\n')
}

const login = `LOGIN ${STUDIO} practice`

test('what SMTP takes arrives byte for byte, at those whom the envelope names', async () => {
  const raw = letter('bytes')
  expect(await submit(raw, [MIA, STUDIO])).toMatch(/^250 /)
  const [arrival] = (await world.records('arrivals', `mailbox=${MIA}`)).slice(-1)
  const kept = await world.call(`/control/mailboxes/${MIA}/messages/${arrival?.text('id')}/raw`)
  expect(kept.text.endsWith(raw)).toBe(true)
  expect((await world.records('arrivals', `mailbox=${STUDIO}`)).map((one) => one.text('subject'))).toContain(
    'bytes',
  )
})

test('nothing is taken without the password, nor from somebody else, nor to the real world', async () => {
  expect(await submit(letter('wrong'), MIA, 'guess')).toMatch(/^535 5\.7\.8/)
  expect(await submit(letter('forged'), MIA, 'practice', 'boss@post.practice.example')).toMatch(
    /^553 5\.7\.1/,
  )
  expect(await submit(letter('outside'), 'someone@example.com')).toMatch(/^550 5\.7\.1/)
})

test('a mail lies in Sent when the client files it, or at once when the server does that', async () => {
  await submit(letter('unfiled'))
  expect(await imap(login, 'EXAMINE Sent', 'UID SEARCH HEADER Message-ID "unfiled@kontor.example"')).toMatch(
    /\* SEARCH\n/,
  )
  const raw = letter('filed')
  expect(await imap(login, `APPEND Sent (\\Seen) {${raw.length}+}\r\n${raw}`)).toMatch(/APPENDUID \d+ \d+/)
  expect(await imap(login, 'EXAMINE Sent', 'UID SEARCH HEADER Message-ID "filed@kontor.example"')).toMatch(
    /\* SEARCH \d+\n/,
  )
  await world.post('/control/faults', { mailServerFilesSent: true })
  await submit(letter('by-server'))
  await world.post('/control/faults', { mailServerFilesSent: false })
  expect(
    await imap(login, 'EXAMINE Sent', 'UID SEARCH HEADER Message-ID "by-server@kontor.example"'),
  ).toMatch(/\* SEARCH \d+\n/)
})

test('the record of a FETCH names the headers that went out, and the body only when it did', async () => {
  const raw = `From: Mum <mum@people.practice.example>\r\nTo: ${STUDIO}\r\nSubject: private\r\nMessage-ID: <m@home.example>\r\n\r\nText\r\n`
  const { text } = await world.post('/control/deliver', { to: STUDIO, raw })
  const id = /"id":"(\w+)"/.exec(text)?.[1]
  const since = (await world.records('calls', `mailbox=${STUDIO}`)).at(-1)?.number('seq') ?? 0
  const headers = await imap(
    login,
    'EXAMINE INBOX',
    'UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (Message-ID References)])',
  )
  expect(headers).toContain('Message-ID: <m@home.example>')
  expect(headers).not.toContain('private')
  const about = async () =>
    (await world.records('calls', `mailbox=${STUDIO}&since=${since}`))
      .filter((call) => call.texts('ids').includes(id ?? ''))
      .map((call) => call.texts('fields'))
  expect(await about()).toEqual([['UID', 'header[Message-ID]']])
  await imap(login, 'EXAMINE INBOX', 'UID FETCH 1:* (BODY.PEEK[])')
  expect((await about()).at(-1)).toEqual(['UID', 'body'])
})

test('a folder is told by its use, a position by UIDVALIDITY, which changes when positions become too old', async () => {
  const validity = async () =>
    /UIDVALIDITY (\d+)/.exec(await imap(login, 'STATUS INBOX (UIDVALIDITY UIDNEXT)'))?.[1]
  expect(await imap(login, 'LIST "" "*"')).toContain('(\\HasNoChildren \\Sent) "/" "Sent"')
  const before = await validity()
  await world.post('/control/faults', { historyTooOld: { mailbox: STUDIO } })
  expect(await validity()).not.toBe(before)
})

test('a changed password lets nobody in with the old one', async () => {
  await world.post('/control/accounts', { address: 'gone@post.practice.example', name: 'Gone' })
  await world.post('/control/grants/end', { mailbox: 'gone@post.practice.example' })
  expect(await imap('LOGIN gone@post.practice.example practice')).toContain('NO [AUTHENTICATIONFAILED]')
})

test('signing in, looking and sending fail on order, each by itself', async () => {
  const order = (fail: object): Promise<unknown> =>
    world.post('/control/faults', { fail: { mailbox: STUDIO, times: 1, ...fail } })
  await order({ status: 454, method: 'smtp.auth' })
  await order({ status: 1, method: 'imap.login' })
  await order({ status: 1, method: 'imap.select' })
  await order({ status: 451 })
  expect([
    await submit(letter('refused')),
    await imap(login, 'NOOP').then((said) => said.split('\n').at(-2)),
    await imap(login, 'SELECT INBOX').then((said) => said.split('\n').at(-1)),
    await submit(letter('later')),
    (await submit(letter('taken'))).slice(0, 9),
  ]).toEqual([
    expect.stringContaining('454 4.7.0'),
    't0 NO [UNAVAILABLE] as it was ordered',
    't1 NO [UNAVAILABLE] as it was ordered',
    expect.stringContaining('451 4.0.0'),
    '250 2.0.0',
  ])
})
