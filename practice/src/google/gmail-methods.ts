/**
 * Every Gmail method that this world speaks: name, path, and the scopes that the discovery document (revision 20260727)
 * lists for it; any one of them is enough.
 */
import type { Clock } from '../clock.ts'
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
import { getSendAs, listSendAs, stop, watch } from './gmail-settings.ts'
import { continueUpload, sendUpload } from './gmail-upload.ts'
import { GMAIL, MAIL_GOOGLE } from './scopes.ts'

export interface GmailMethod {
  readonly name: string
  readonly verb: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly scopes: readonly string[]
  readonly run: (call: GmailCall) => GmailReply
}

const READ = [MAIL_GOOGLE, GMAIL.metadata, GMAIL.modify, GMAIL.readonly]
const READ_CONTENT = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly]
const READ_SETTINGS = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly, GMAIL.settingsBasic]
const SEND = [MAIL_GOOGLE, GMAIL.compose, GMAIL.modify, GMAIL.send]

/** Scopes by method; any one of them is enough. */
export const METHOD_SCOPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['gmail.users.getProfile', [...READ, GMAIL.compose]],
  ['gmail.users.messages.send', SEND],
  ['gmail.users.messages.list', READ],
  ['gmail.users.messages.get', READ],
  ['gmail.users.messages.attachments.get', READ_CONTENT],
  ['gmail.users.threads.list', READ],
  ['gmail.users.threads.get', READ],
  ['gmail.users.history.list', READ],
  ['gmail.users.labels.list', [...READ, GMAIL.labels]],
  ['gmail.users.labels.get', [...READ, GMAIL.labels]],
  ['gmail.users.settings.sendAs.list', READ_SETTINGS],
  ['gmail.users.settings.sendAs.get', READ_SETTINGS],
  ['gmail.users.watch', READ],
  ['gmail.users.stop', READ],
])

type Route = readonly [
  verb: 'GET' | 'POST' | 'PUT',
  path: string,
  name: string,
  run: (call: GmailCall) => GmailReply,
]

export function gmailMethods(parts: SendParts & { readonly clock: Clock }): readonly GmailMethod[] {
  const { store, clock } = parts
  const plain: readonly Route[] = [
    ['GET', 'profile', 'gmail.users.getProfile', (call) => getProfile(store, call)],
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
    ['GET', 'history', 'gmail.users.history.list', (call) => listHistory(store, clock, call)],
    ['GET', 'labels', 'gmail.users.labels.list', () => listLabels()],
    ['GET', 'labels/:id', 'gmail.users.labels.get', (call) => getLabel(store, call)],
    ['GET', 'settings/sendAs', 'gmail.users.settings.sendAs.list', (call) => listSendAs(store, call)],
    ['GET', 'settings/sendAs/:id', 'gmail.users.settings.sendAs.get', (call) => getSendAs(store, call)],
    ['POST', 'watch', 'gmail.users.watch', (call) => watch(store, clock, call)],
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
  return {
    name,
    verb,
    path: `${prefix}/v1/users/:userId/${path}`,
    scopes: METHOD_SCOPES.get(name) ?? [],
    run,
  }
}
