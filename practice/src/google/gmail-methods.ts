/**
 * Every Gmail method that this world speaks: name, path, and the scopes that the discovery document (revision 20260727)
 * lists for it; any one of them is enough.
 */
import type { GmailCall, GmailReply } from './gmail-call.ts'
import {
  getAttachment,
  getLabel,
  getMessage,
  getProfile,
  getThread,
  listHistory,
  listLabels,
  listMessages,
  listThreads,
} from './gmail-read.ts'
import { type SendParts, sendJson } from './gmail-send.ts'
import { getSendAs, listSendAs } from './gmail-settings.ts'
import { continueUpload, sendUpload } from './gmail-upload.ts'
import { type WatchParts, stop, watch } from './gmail-watch.ts'
import { GMAIL, MAIL_GOOGLE } from './scopes.ts'

export interface GmailMethod {
  readonly name: string
  readonly verb: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly terms: MethodTerms
  readonly run: (call: GmailCall) => GmailReply
}

const READ = [MAIL_GOOGLE, GMAIL.metadata, GMAIL.modify, GMAIL.readonly]
const READ_CONTENT = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly]
const READ_SETTINGS = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly, GMAIL.settingsBasic]
const SEND = [MAIL_GOOGLE, GMAIL.compose, GMAIL.modify, GMAIL.send]

/** Scopes (any one of them is enough), price in units, and resource of the answer, by method. */
export interface MethodTerms {
  readonly scopes: readonly string[]
  readonly units: number
  readonly answers: string
}

export const METHOD_TERMS: ReadonlyMap<string, MethodTerms> = new Map(
  (
    [
      ['gmail.users.getProfile', [...READ, GMAIL.compose], 1, 'Profile'],
      ['gmail.users.messages.send', SEND, 100, 'Message'],
      ['gmail.users.messages.list', READ, 5, 'ListMessagesResponse'],
      ['gmail.users.messages.get', READ, 20, 'Message'],
      ['gmail.users.messages.attachments.get', READ_CONTENT, 20, 'MessagePartBody'],
      ['gmail.users.threads.list', READ, 10, 'ListThreadsResponse'],
      ['gmail.users.threads.get', READ, 40, 'Thread'],
      ['gmail.users.history.list', READ, 2, 'ListHistoryResponse'],
      ['gmail.users.labels.list', [...READ, GMAIL.labels], 1, 'ListLabelsResponse'],
      ['gmail.users.labels.get', [...READ, GMAIL.labels], 1, 'Label'],
      ['gmail.users.settings.sendAs.list', READ_SETTINGS, 1, 'ListSendAsResponse'],
      ['gmail.users.settings.sendAs.get', READ_SETTINGS, 1, 'SendAs'],
      ['gmail.users.watch', READ, 100, 'WatchResponse'],
      ['gmail.users.stop', READ, 50, ''],
    ] as const
  ).map(([name, scopes, units, answers]) => [name, { scopes, units, answers }]),
)

type Route = readonly [
  verb: 'GET' | 'POST' | 'PUT',
  path: string,
  name: string,
  run: (call: GmailCall) => GmailReply,
]

export function gmailMethods(parts: SendParts & WatchParts): readonly GmailMethod[] {
  const { store, clock } = parts
  const plain: readonly Route[] = [
    ['GET', 'profile', 'gmail.users.getProfile', (call) => getProfile(store, clock, call)],
    ['POST', 'messages/send', 'gmail.users.messages.send', (call) => sendJson(parts, call)],
    ['GET', 'messages', 'gmail.users.messages.list', (call) => listMessages(store, clock, call)],
    ['GET', 'messages/:id', 'gmail.users.messages.get', (call) => getMessage(store, call)],
    [
      'GET',
      'messages/:messageId/attachments/:id',
      'gmail.users.messages.attachments.get',
      (call) => getAttachment(store, call),
    ],
    ['GET', 'threads', 'gmail.users.threads.list', (call) => listThreads(store, clock, call)],
    ['GET', 'threads/:id', 'gmail.users.threads.get', (call) => getThread(store, call)],
    ['GET', 'history', 'gmail.users.history.list', (call) => listHistory(parts, call)],
    ['GET', 'labels', 'gmail.users.labels.list', () => listLabels()],
    ['GET', 'labels/:id', 'gmail.users.labels.get', (call) => getLabel(store, call)],
    ['GET', 'settings/sendAs', 'gmail.users.settings.sendAs.list', (call) => listSendAs(store, call)],
    ['GET', 'settings/sendAs/:id', 'gmail.users.settings.sendAs.get', (call) => getSendAs(store, call)],
    ['POST', 'watch', 'gmail.users.watch', (call) => watch(parts, call)],
    ['POST', 'stop', 'gmail.users.stop', (call) => stop(store, call)],
  ]
  const upload: readonly Route[] = [
    ['POST', 'messages/send', 'gmail.users.messages.send', (call) => sendUpload(parts, clock, call)],
    ['PUT', 'messages/send', 'gmail.users.messages.send', (call) => continueUpload(parts, clock, call)],
  ]
  return [
    ...plain.map((route) => toMethod('/gmail', route)),
    ...upload.map((route) => toMethod('/upload/gmail', route)),
  ]
}

function toMethod(prefix: string, [verb, path, name, run]: Route): GmailMethod {
  const terms = METHOD_TERMS.get(name)
  if (terms === undefined) throw new Error(`${name} has no terms`)
  return { name, verb, path: `${prefix}/v1/users/:userId/${path}`, terms, run }
}
