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
  /** After `/gmail/v1/users/:userId/`. */
  readonly path: string
  readonly upload?: boolean
  readonly scopes: readonly string[]
  readonly run: (call: GmailCall) => GmailReply
}

const READ = [MAIL_GOOGLE, GMAIL.metadata, GMAIL.modify, GMAIL.readonly]
const READ_CONTENT = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly]
const READ_SETTINGS = [MAIL_GOOGLE, GMAIL.modify, GMAIL.readonly, GMAIL.settingsBasic]
const SEND = [MAIL_GOOGLE, GMAIL.compose, GMAIL.modify, GMAIL.send]
const MESSAGES_SEND = 'gmail.users.messages.send'

export function gmailMethods(parts: SendParts & { readonly clock: Clock }): readonly GmailMethod[] {
  const { store, clock } = parts
  return [
    {
      name: 'gmail.users.getProfile',
      verb: 'GET',
      path: 'profile',
      scopes: [...READ, GMAIL.compose],
      run: (call) => getProfile(store, call),
    },
    {
      name: MESSAGES_SEND,
      verb: 'POST',
      path: 'messages/send',
      scopes: SEND,
      run: (call) => sendJson(parts, call),
    },
    {
      name: MESSAGES_SEND,
      verb: 'POST',
      path: 'messages/send',
      upload: true,
      scopes: SEND,
      run: (call) => sendUpload(parts, clock, call),
    },
    {
      name: MESSAGES_SEND,
      verb: 'PUT',
      path: 'messages/send',
      upload: true,
      scopes: SEND,
      run: (call) => continueUpload(parts, clock, call),
    },
    {
      name: 'gmail.users.messages.list',
      verb: 'GET',
      path: 'messages',
      scopes: READ,
      run: (call) => listMessages(store, clock, call),
    },
    {
      name: 'gmail.users.messages.get',
      verb: 'GET',
      path: 'messages/:id',
      scopes: READ,
      run: (call) => getMessage(store, call),
    },
    {
      name: 'gmail.users.messages.attachments.get',
      verb: 'GET',
      path: 'messages/:messageId/attachments/:id',
      scopes: READ_CONTENT,
      run: (call) => getAttachment(store, call),
    },
    {
      name: 'gmail.users.threads.list',
      verb: 'GET',
      path: 'threads',
      scopes: READ,
      run: (call) => listThreads(store, clock, call),
    },
    {
      name: 'gmail.users.threads.get',
      verb: 'GET',
      path: 'threads/:id',
      scopes: READ,
      run: (call) => getThread(store, call),
    },
    {
      name: 'gmail.users.history.list',
      verb: 'GET',
      path: 'history',
      scopes: READ,
      run: (call) => listHistory(store, clock, call),
    },
    {
      name: 'gmail.users.labels.list',
      verb: 'GET',
      path: 'labels',
      scopes: [...READ, GMAIL.labels],
      run: () => listLabels(),
    },
    {
      name: 'gmail.users.labels.get',
      verb: 'GET',
      path: 'labels/:id',
      scopes: [...READ, GMAIL.labels],
      run: (call) => getLabel(store, call),
    },
    {
      name: 'gmail.users.settings.sendAs.list',
      verb: 'GET',
      path: 'settings/sendAs',
      scopes: READ_SETTINGS,
      run: (call) => listSendAs(store, call),
    },
    {
      name: 'gmail.users.settings.sendAs.get',
      verb: 'GET',
      path: 'settings/sendAs/:id',
      scopes: READ_SETTINGS,
      run: (call) => getSendAs(store, call),
    },
    {
      name: 'gmail.users.watch',
      verb: 'POST',
      path: 'watch',
      scopes: READ,
      run: (call) => watch(store, clock, call),
    },
    { name: 'gmail.users.stop', verb: 'POST', path: 'stop', scopes: READ, run: (call) => stop(store, call) },
  ]
}
