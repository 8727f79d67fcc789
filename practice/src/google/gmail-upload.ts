/**
 * Sending by upload: `media` (the message alone), `multipart` (JSON, then the message, in multipart/related) and `resumable`
 * (start, then one or more PUTs with Content-Range; 308 with Range while something is missing; a session lives a week).
 */
import { secret } from '../chance.ts'
import type { Clock } from '../clock.ts'
import { parseParts } from '../mime/parts.ts'
import type { GmailCall, GmailReply } from './gmail-call.ts'
import { badRequest, notFound, tooLarge } from './gmail-errors.ts'
import { MOST_UPLOAD_BYTES, type SendParts, mostBytes, readJson, readMessage, submit } from './gmail-send.ts'

const SESSION_MS = 7 * 86_400_000

export function sendUpload(parts: SendParts, clock: Clock, call: GmailCall): GmailReply {
  const most = mostBytes(parts, call, MOST_UPLOAD_BYTES)
  if (call.body.length > most) throw tooLarge()
  switch (call.query.get('uploadType') ?? '') {
    case 'media':
      return submit(parts, call, call.body, undefined)
    case 'multipart':
      return sendMultipart(parts, call)
    case 'resumable':
      return startSession(parts, clock, { ...call, most })
    default:
      throw badRequest('Missing or unknown uploadType')
  }
}

function sendMultipart(parts: SendParts, call: GmailCall): GmailReply {
  const type = call.headers.get('content-type') ?? ''
  const whole = parseParts(Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`), call.body]))
  const [metadata, message] = whole.parts
  if (metadata === undefined || message === undefined) throw badRequest('A multipart upload needs two parts')
  return submit(parts, call, message.content, readMessage(readJson(metadata.content)).threadId)
}

function startSession(
  parts: SendParts,
  clock: Clock,
  call: GmailCall & { readonly most: number },
): GmailReply {
  const declared = call.headers.get('x-upload-content-length')
  const total = declared === null ? undefined : Number(declared)
  if (total !== undefined && total > call.most) throw tooLarge()
  const id = secret('AB')
  parts.store.run(
    'insert into upload (id, account, total, thread_id, received, expires_at) values (?, ?, ?, ?, ?, ?)',
    id,
    call.account.key,
    total ?? null,
    readMessage(readJson(call.body)).threadId ?? null,
    Buffer.alloc(0),
    clock.now() + SESSION_MS,
  )
  const location = `${call.origin}/upload/gmail/v1/users/me/messages/send?uploadType=resumable&upload_id=${id}`
  return { body: {}, headers: { location, 'x-guploader-uploadid': id } }
}

/** A PUT to a session: all bytes, a range of them, or `bytes * /total` to ask how far it got. */
export function continueUpload(parts: SendParts, clock: Clock, call: GmailCall): GmailReply {
  const id = call.query.get('upload_id') ?? ''
  const row = parts.store.one(
    'select * from upload where id = ? and account = ? and expires_at > ?',
    id,
    call.account.key,
    clock.now(),
  )
  if (row === undefined) throw notFound()
  const received = row.bytes('received')
  const range = readRange(call.headers.get('content-range'), call.body.length)
  const total = range.total ?? row.maybeInt('total')
  if (range.start !== undefined && range.start !== received.length) return incomplete(received.length)
  const all = range.start === undefined ? received : Buffer.concat([received, call.body])
  if (all.length > mostBytes(parts, call, MOST_UPLOAD_BYTES)) throw tooLarge()
  if (total === undefined || all.length < total) {
    parts.store.run('update upload set received = ? where id = ?', all, id)
    return incomplete(all.length)
  }
  parts.store.run('delete from upload where id = ?', id)
  return submit(parts, call, all, row.maybeText('thread_id'))
}

function incomplete(received: number): GmailReply {
  return {
    status: 308,
    body: {},
    ...(received === 0 ? {} : { headers: { range: `bytes=0-${received - 1}` } }),
  }
}

interface ContentRange {
  /** Undefined for a question without bytes. */
  readonly start: number | undefined
  readonly total: number | undefined
}

function readRange(header: string | null, length: number): ContentRange {
  if (header === null) return { start: 0, total: length }
  const match = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header)
  if (match === null) throw badRequest('Invalid Content-Range')
  const [, start, , total] = match
  return {
    start: start === undefined ? undefined : Number(start),
    total: total === '*' || total === undefined ? undefined : Number(total),
  }
}
