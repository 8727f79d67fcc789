/**
 * Every Graph method that this world speaks: name, path, the delegated permissions of which any one is enough, least first,
 * and what may stand in the query. Paths begin after `/graph/v1.0/`; `users/{address}` stands for
 * `me`; somebody else's takes the `.Shared` permission of the same name.
 */
import type { GraphCall, GraphParts, GraphReply } from './graph-call.ts'
import { deltaMessages } from './graph-delta.ts'
import { getFolder, getMe, getMessage, getMime, listFolders, listMessages } from './graph-read.ts'
import { sendMail } from './graph-send.ts'
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listOwnSubscriptions,
  patchSubscription,
  reauthorizeSubscription,
} from './graph-subscriptions.ts'
import { GRAPH } from './scopes.ts'

export interface GraphMethod {
  /** `graph.` and the operation's name in the contract. */
  readonly name: string
  readonly verb: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: RegExp
  readonly scopes: readonly string[]
  /** Any other name in the query is refused: the real ones pass it over in silence, and the client believes it was heard. */
  readonly parameters: readonly string[]
  readonly run: (parts: GraphParts, call: GraphCall) => GraphReply | Promise<GraphReply>
}

const LIST = [GRAPH.readBasic, GRAPH.read, GRAPH.readWrite]
const CONTENT = [GRAPH.read, GRAPH.readWrite]
const OF_LIST = ['$select', '$filter', '$orderby', '$top', '$skip', '$expand']
const OF_DELTA = ['$select', '$filter', '$top', 'changeType', '$deltatoken', '$skiptoken']

export const METHODS: readonly GraphMethod[] = [
  {
    name: 'graph.me.get',
    verb: 'GET',
    path: /^me$/,
    scopes: [GRAPH.userRead],
    parameters: ['$select'],
    run: getMe,
  },
  {
    name: 'graph.me.sendMail',
    verb: 'POST',
    path: /^me\/sendMail$/,
    scopes: [GRAPH.send],
    parameters: [],
    run: sendMail,
  },
  {
    name: 'graph.me.listFolders',
    verb: 'GET',
    path: /^me\/mailFolders$/,
    scopes: LIST,
    parameters: ['$select'],
    run: listFolders,
  },
  {
    name: 'graph.me.deltaMessages',
    verb: 'GET',
    path: /^me\/mailFolders\/([^/]+)\/messages\/delta(?:\(\))?$/,
    scopes: LIST,
    parameters: OF_DELTA,
    run: deltaMessages,
  },
  {
    name: 'graph.me.listFolderMessages',
    verb: 'GET',
    path: /^me\/mailFolders\/([^/]+)\/messages$/,
    scopes: LIST,
    parameters: OF_LIST,
    run: listMessages,
  },
  {
    name: 'graph.me.getFolder',
    verb: 'GET',
    path: /^me\/mailFolders\/([^/]+)$/,
    scopes: LIST,
    parameters: ['$select'],
    run: getFolder,
  },
  {
    name: 'graph.me.listMessages',
    verb: 'GET',
    path: /^me\/messages$/,
    scopes: LIST,
    parameters: OF_LIST,
    run: listMessages,
  },
  {
    name: 'graph.me.getMime',
    verb: 'GET',
    path: /^me\/messages\/([^/]+)\/\$value$/,
    scopes: CONTENT,
    parameters: [],
    run: getMime,
  },
  {
    name: 'graph.me.getMessage',
    verb: 'GET',
    path: /^me\/messages\/([^/]+)$/,
    scopes: LIST,
    parameters: ['$select', '$expand'],
    run: getMessage,
  },
  {
    name: 'graph.subscriptions.list',
    verb: 'GET',
    path: /^subscriptions$/,
    scopes: LIST,
    parameters: [],
    run: listOwnSubscriptions,
  },
  {
    name: 'graph.subscriptions.create',
    verb: 'POST',
    path: /^subscriptions$/,
    scopes: LIST,
    parameters: [],
    run: createSubscription,
  },
  {
    name: 'graph.subscriptions.get',
    verb: 'GET',
    path: /^subscriptions\/([^/]+)$/,
    scopes: LIST,
    parameters: [],
    run: getSubscription,
  },
  {
    name: 'graph.subscriptions.patch',
    verb: 'PATCH',
    path: /^subscriptions\/([^/]+)$/,
    scopes: LIST,
    parameters: [],
    run: patchSubscription,
  },
  {
    name: 'graph.subscriptions.delete',
    verb: 'DELETE',
    path: /^subscriptions\/([^/]+)$/,
    scopes: LIST,
    parameters: [],
    run: deleteSubscription,
  },
  {
    name: 'graph.subscriptions.reauthorize',
    verb: 'POST',
    path: /^subscriptions\/([^/]+)\/reauthorize$/,
    scopes: LIST,
    parameters: [],
    run: reauthorizeSubscription,
  },
]
