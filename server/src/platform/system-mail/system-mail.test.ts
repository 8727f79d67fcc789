/** The system's own mails against a real SMTP server, and every way in which its settings can be wrong. */
import { expect, test } from 'vitest'
import { startSmtpServer } from '../../testing/smtp-server.ts'
import type { SmtpTraits } from '../../testing/smtp-server.ts'
import { sendSystemMail } from './index.ts'
import type { SystemMailServer } from './index.ts'

const settings: Omit<SystemMailServer, 'port'> = {
  host: '127.0.0.1',
  security: 'none',
  user: '',
  password: '',
  from: 'kontor@atelier-nord.example',
}
const mail = { to: 'anna@atelier-nord.example', subject: 'Grüße', text: 'Guten Tag, Anna' }

test('a mail arrives with its words, marked as written by a machine', async () => {
  await using server = await startSmtpServer({ login: 'kontor:secret' })
  const outcome = await sendSystemMail(
    { ...settings, port: server.port, user: 'kontor', password: 'secret' },
    mail,
  )
  expect(outcome).toEqual({ ok: true })
  const [{ from, to, raw } = { from: '', to: '', raw: '' }] = server.received
  expect([from, to]).toEqual(['kontor@atelier-nord.example', 'anna@atelier-nord.example'])
  expect(raw).toContain('Auto-Submitted: auto-generated')
  expect(raw).toContain('From: Kontor <kontor@atelier-nord.example>')
  expect(raw).toContain('Guten Tag, Anna')
})

const wrong: readonly [
  what: string,
  traits: SmtpTraits,
  typed: Partial<SystemMailServer>,
  verdict: string,
][] = [
  ['no such host', {}, { host: 'nowhere.invalid' }, 'host_unknown'],
  ['nobody at this port', {}, { port: 1 }, 'nobody_listens'],
  ['a wrong password', { login: 'kontor:secret' }, { user: 'kontor', password: 'guess' }, 'login_refused'],
  ['a login that was left out', { login: 'kontor:secret' }, {}, 'login_needed'],
  ['TLS to a port that speaks plainly', {}, { security: 'tls' }, 'speaks_plainly'],
  ['plain words to a port that speaks TLS', { tls: 'from the first byte' }, {}, 'speaks_tls'],
  ['STARTTLS where there is none', {}, { security: 'starttls' }, 'no_starttls'],
  ['a certificate signed by itself', { tls: 'from the first byte' }, { security: 'tls' }, 'certificate'],
  ['the same behind STARTTLS', { tls: 'starttls' }, { security: 'starttls' }, 'certificate'],
  ['a sender that is not allowed', { answers: { MAIL: '550 5.7.1 not yours' } }, {}, 'sender_refused'],
  ['a recipient that is refused', { answers: { RCPT: '550 5.1.1 unknown' } }, {}, 'recipient_refused'],
  ['a mail that is refused', { answers: { message: '554 5.7.1 no' } }, {}, 'mail_refused'],
  ['a server that lets nobody in', { answers: { greeting: '554 closed' } }, {}, 'mail_refused'],
]

test.each(wrong)('%s: the complaint says so', async (_what, traits, typed, verdict) => {
  await using server = await startSmtpServer(traits)
  const outcome = await sendSystemMail({ ...settings, port: server.port, ...typed }, mail, 300)
  expect(outcome).toMatchObject({ ok: false, verdict })
})

test('the complaint carries the server’s own words and nothing of this machine', async () => {
  await using server = await startSmtpServer({ answers: { MAIL: '550 5.7.1 not your address' } })
  const refused = await sendSystemMail({ ...settings, port: server.port }, mail)
  expect(refused).toEqual({ ok: false, verdict: 'sender_refused', detail: '550 5.7.1 not your address' })
  const unheard = await sendSystemMail({ ...settings, port: server.port, security: 'tls' }, mail)
  expect(unheard).toEqual({ ok: false, verdict: 'speaks_plainly', detail: '' })
})

test('a line break in an address starts no header of its own', async () => {
  await using server = await startSmtpServer()
  const to = 'anna@atelier-nord.example\r\nBcc: everybody@atelier-nord.example'
  await sendSystemMail({ ...settings, port: server.port }, { ...mail, to })
  expect(server.received.map(({ raw }) => /^bcc:/im.test(raw))).not.toContain(true)
})
