/**
 * A report inside a message: some gateways pass a delivery report on as a whole, attached to a mail of their own.
 * Gives the machine-readable parts of the inner report; nothing when the attached message is none.
 */
import { header, readHeaders, readMediaType } from './headers.ts'
import type { Reports } from './parse.ts'

/** The parts of the report that the returned message is. */
export function wrappedReport(returned: string | undefined): Pick<Reports, 'deliveryStatus' | 'returned'> {
  const message = part(returned ?? '')
  const { type, parameters } = mediaTypeOf(message)
  const boundary = parameters.get('boundary')
  if (type !== 'multipart/report' || boundary === undefined || boundary === '')
    return { deliveryStatus: [], returned: [] }
  const parts = message.body.split(`--${boundary}`).slice(1, 20).map(part)
  const ofType = (...types: string[]) =>
    parts.filter((one) => types.includes(mediaTypeOf(one).type)).map((one) => one.body)
  return {
    deliveryStatus: ofType('message/delivery-status'),
    returned: ofType('message/rfc822', 'text/rfc822-headers'),
  }
}

type Part = { readonly head: string; readonly body: string }

function part(text: string): Part {
  const start = text.replaceAll('\r\n', '\n').replace(/^\s+/, '')
  const end = start.indexOf('\n\n')
  return end < 0 ? { head: start, body: '' } : { head: start.slice(0, end), body: start.slice(end + 2) }
}

function mediaTypeOf({ head }: Part) {
  return readMediaType(header(readHeaders(head), 'content-type') ?? 'text/plain')
}
