/** The readable text of a parsed message: its plain part, or its HTML as text; whole, and divided as an answer. */
import { htmlToText } from './html-text.ts'
import type { ParsedMessage } from './parse.ts'
import { type ReplyText, replyText } from './reply-text.ts'

/** All readable text, for search. */
export function messageText(message: Pick<ParsedMessage, 'text' | 'html'>): string {
  if (message.text !== undefined && message.text.trim() !== '') return message.text
  return message.html === undefined ? '' : htmlToText(message.html)
}

/** New text, quoted history and signature of a message. */
export function messageReply(message: Pick<ParsedMessage, 'text' | 'html'>): ReplyText {
  return replyText({ text: message.text, html: message.html })
}
