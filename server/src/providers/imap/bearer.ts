/**
 * Signing in with an access token: OAUTHBEARER (RFC 7628) where a server offers it, else XOAUTH2, its forerunner. IMAP does
 * this in its library; for SMTP it is said here. A server that refuses first explains itself in a challenge, which is answered with
 * as good as nothing before the refusal comes.
 */
import type {
  SMTPConnectionCustomAuthContext,
  SMTPConnectionCustomAuthHandlers,
} from 'nodemailer/lib/smtp-connection'
import type { Place } from './places.ts'
import type { Login } from './secret.ts'

/** The name under which the library finds the mechanism; on the wire it is one of the two. */
export const bearerMethod = 'BEARER'

type Bearer = Extract<Login, { readonly bearer: string }>

/** What is said at once, and what answers a challenge. */
export function bearerWords(
  mechanism: 'OAUTHBEARER' | 'XOAUTH2',
  { user, bearer }: Bearer,
  { servername, port }: Pick<Place, 'servername' | 'port'>,
): { readonly first: string; readonly afterChallenge: string } {
  const end = `auth=Bearer ${bearer}\u0001\u0001`
  const said =
    mechanism === 'XOAUTH2'
      ? `user=${user}\u0001${end}`
      : `n,a=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},\u0001host=${servername}\u0001port=${port}\u0001${end}`
  return {
    first: Buffer.from(said).toString('base64'),
    // RFC 7628 §3.2.3: a lone ^A; XOAUTH2: an empty line
    afterChallenge: mechanism === 'XOAUTH2' ? '' : 'AQ==',
  }
}

/** Whether a server names a mechanism after EHLO (RFC 4954 §3). */
export function offers(greeting: string, mechanism: 'OAUTHBEARER' | 'XOAUTH2'): boolean {
  return new RegExp(String.raw`^250[ -]AUTH[ =].*\b${mechanism}\b`, 'im').test(greeting)
}

/** `offered`: what the server said after EHLO. */
export function bearerHandlers(
  login: Bearer,
  place: Place,
  offered: () => string,
): SMTPConnectionCustomAuthHandlers {
  return {
    async [bearerMethod]({ sendCommand }: SMTPConnectionCustomAuthContext) {
      const mechanism = offers(offered(), 'OAUTHBEARER') ? 'OAUTHBEARER' : 'XOAUTH2'
      const words = bearerWords(mechanism, login, place)
      const answer = await sendCommand(`AUTH ${mechanism} ${words.first}`)
      if (answer.status === 235) return
      if (answer.status === 334) await sendCommand(words.afterChallenge)
      throw new Error('the server refused the token')
    },
  }
}
