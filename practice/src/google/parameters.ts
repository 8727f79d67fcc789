/**
 * What may stand in the query of each method, and of which kind: as the discovery document lists it. Google refuses any other
 * name and any value of another kind, before anything is done.
 */
import { badRequest } from './gmail-errors.ts'

/** A text, a number from 0 of 32 or 64 bits, true or false, or one of some words. */
export type ParameterKind = 'text' | 'count' | 'long' | 'flag' | readonly string[]
export type Parameters = Readonly<Record<string, ParameterKind>>

const FORMATS = ['minimal', 'full', 'raw', 'metadata']
const LISTED: Parameters = {
  includeSpamTrash: 'flag',
  labelIds: 'text',
  maxResults: 'count',
  pageToken: 'text',
  q: 'text',
}

export const PARAMETERS: Readonly<Record<string, Parameters>> = {
  'gmail.users.messages.list': LISTED,
  'gmail.users.messages.get': { format: FORMATS, metadataHeaders: 'text' },
  'gmail.users.threads.list': LISTED,
  'gmail.users.threads.get': { format: ['full', 'metadata', 'minimal'], metadataHeaders: 'text' },
  'gmail.users.history.list': {
    historyTypes: ['messageAdded', 'messageDeleted', 'labelAdded', 'labelRemoved'],
    labelId: 'text',
    maxResults: 'count',
    pageToken: 'text',
    startHistoryId: 'long',
  },
}

/** What every method takes. */
export const COMMON: Parameters = {
  '$.xgafv': ['1', '2'],
  access_token: 'text',
  alt: ['json', 'media', 'proto'],
  callback: 'text',
  fields: 'text',
  key: 'text',
  oauth_token: 'text',
  prettyPrint: 'flag',
  quotaUser: 'text',
  uploadType: 'text',
  upload_protocol: 'text',
}
/** Of an upload that goes on; it stands in the address that the upload was given, and in no document. */
const UPLOAD: Parameters = { upload_id: 'text' }

/** Throws Google's 400 for a name that the method does not know or a value that it cannot read. */
export function checkParameters(method: string, query: URLSearchParams): void {
  const known: Parameters = { ...COMMON, ...UPLOAD, ...PARAMETERS[method] }
  for (const [name, value] of query) {
    const kind = known[name]
    if (kind === undefined)
      throw badRequest(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      )
    if (!isOfKind(kind, value))
      throw badRequest(`Invalid value at '${snake(name)}' (${named(kind)}), "${value}"`)
  }
}

function isOfKind(kind: ParameterKind, value: string): boolean {
  if (kind === 'text') return true
  if (kind === 'long') return /^\d{1,20}$/.test(value)
  if (kind === 'count') return /^\d{1,9}$/.test(value)
  if (kind === 'flag') return value === 'true' || value === 'false'
  // Google takes words of an enumeration in capitals, too
  return kind.some((word) => word === value || word.toUpperCase() === value)
}

function named(kind: ParameterKind): string {
  if (kind === 'flag') return 'TYPE_BOOL'
  if (kind === 'long') return 'TYPE_UINT64'
  return kind === 'count' ? 'TYPE_UINT32' : 'TYPE_ENUM'
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
