/**
 * The ways to read a mail that B5 compares: the product's, and the usual packages put together as their pages show. Each
 * loads only what it is made of, because its memory is measured.
 */
import type { ReadMessage } from '../../../server/src/receiving/index.ts'
import type { Reading } from '../reading/sample.ts'

export type Reader = (raw: Uint8Array) => Promise<Reading>

type Clean = (html: string) => string

const readMessageTask = {
  module: new URL('../../../server/src/receiving/reading.ts', import.meta.url),
  name: 'readMessage',
}

export const idioms: Readonly<Record<string, string>> = {
  kontor: "the product's path: worker threads with limits of time and memory",
  'kontor-worker': 'the same in a process in which everything is loaded that a worker of the product loads',
  'mailparser+sanitize-html': 'simpleParser, EmailReplyParser over its text, sanitizeHtml with its defaults',
  'postal-mime+sanitize-html':
    'PostalMime.parse, html-to-text where no text is, EmailReplyParser, sanitizeHtml with its defaults',
  'postal-mime+dompurify':
    'PostalMime.parse, html-to-text where no text is, EmailReplyParser, DOMPurify on one window of jsdom',
}

export async function readerOf(name: string): Promise<Reader> {
  if (name === 'kontor') return await threaded()
  if (name === 'kontor-worker') {
    await import('../../../server/src/compose.ts')
    await import('../../../server/src/worker/start.ts')
    return await threaded()
  }
  const [parser, sanitizer] = name.split('+')
  const clean = sanitizer === 'dompurify' ? await purified() : await sanitized()
  return parser === 'mailparser' ? await withMailparser(clean) : await withPostalMime(clean)
}

async function threaded(): Promise<Reader> {
  const { createWorkerPool } = await import('../../../server/src/platform/worker-pool/index.ts')
  const { readMessageMs } = await import('../../../server/src/receiving/parts.ts')
  const threads = createWorkerPool({})
  // as the product does when it starts
  await threads.warm({ ...readMessageTask, name: 'readForOnce' })
  return async (raw) => ofProduct(await threads.run<ReadMessage>(readMessageTask, raw, { ms: readMessageMs }))
}

function ofProduct({ text, quoted, html }: ReadMessage): Reading {
  return { visible: text, text: `${text}\n${quoted}`, html: html ?? '' }
}

async function withMailparser(clean: Clean): Promise<Reader> {
  const { simpleParser } = await import('mailparser')
  const answer = await replyParser()
  return async (raw) => {
    const { text = '', html } = await simpleParser(Buffer.from(raw))
    return { visible: answer(text), text, html: typeof html === 'string' ? clean(html) : '' }
  }
}

async function withPostalMime(clean: Clean): Promise<Reader> {
  const { default: PostalMime } = await import('postal-mime')
  const { convert } = await import('html-to-text')
  const answer = await replyParser()
  return async (raw) => {
    const mail = await PostalMime.parse(raw)
    const text = mail.text ?? (mail.html === undefined ? '' : convert(mail.html))
    return { visible: answer(text), text, html: mail.html === undefined ? '' : clean(mail.html) }
  }
}

async function replyParser(): Promise<(text: string) => string> {
  const { default: EmailReplyParser } = await import('email-reply-parser')
  return (text) => new EmailReplyParser().read(text).getVisibleText()
}

async function sanitized(): Promise<Clean> {
  const { default: sanitizeHtml } = await import('sanitize-html')
  return (html) => sanitizeHtml(html)
}

async function purified(): Promise<Clean> {
  const { default: DOMPurify } = await import('dompurify')
  const { JSDOM } = await import('jsdom')
  const purify = DOMPurify(new JSDOM('').window)
  return (html) => purify.sanitize(html)
}
