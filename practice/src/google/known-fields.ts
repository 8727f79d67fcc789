/**
 * The fields that each answer can have, so that a misspelt `fields=` is refused as Google refuses it, instead of quietly
 * giving less.
 */
import { FieldsError, type Selection } from './fields.ts'

/** A field is a leaf (`''`) or has the fields of another resource. */
type Resource = Readonly<Record<string, string>>

export const RESOURCES: Readonly<Record<string, Resource>> = {
  Profile: leaves('emailAddress messagesTotal threadsTotal historyId'),
  Message: {
    ...leaves(
      'id threadId labelIds snippet historyId internalDate sizeEstimate raw classificationLabelValues',
    ),
    payload: 'MessagePart',
  },
  MessagePart: {
    ...leaves('partId mimeType filename'),
    headers: 'MessagePartHeader',
    body: 'MessagePartBody',
    parts: 'MessagePart',
  },
  MessagePartHeader: leaves('name value'),
  MessagePartBody: leaves('attachmentId size data'),
  ListMessagesResponse: { ...leaves('nextPageToken resultSizeEstimate'), messages: 'Message' },
  Thread: { ...leaves('id snippet historyId'), messages: 'Message' },
  ListThreadsResponse: { ...leaves('nextPageToken resultSizeEstimate'), threads: 'Thread' },
  ListHistoryResponse: { ...leaves('nextPageToken historyId'), history: 'History' },
  History: {
    ...leaves('id'),
    messages: 'Message',
    messagesAdded: 'HistoryMessageAdded',
    messagesDeleted: 'HistoryMessageDeleted',
    labelsAdded: 'HistoryLabelAdded',
    labelsRemoved: 'HistoryLabelRemoved',
  },
  HistoryMessageAdded: { message: 'Message' },
  HistoryMessageDeleted: { message: 'Message' },
  HistoryLabelAdded: { ...leaves('labelIds'), message: 'Message' },
  HistoryLabelRemoved: { ...leaves('labelIds'), message: 'Message' },
  ListLabelsResponse: { labels: 'Label' },
  Label: leaves(
    'id name type messageListVisibility labelListVisibility messagesTotal messagesUnread threadsTotal threadsUnread color',
  ),
  ListSendAsResponse: { sendAs: 'SendAs' },
  SendAs: leaves(
    'sendAsEmail displayName replyToAddress signature isPrimary isDefault treatAsAlias verificationStatus smtpMsa',
  ),
  WatchResponse: leaves('historyId expiration'),
}

function leaves(names: string): Resource {
  return Object.fromEntries(names.split(' ').map((name) => [name, '']))
}

/** Throws FieldsError for a name that the resource does not have. */
export function checkFields(selection: Selection, resource: string): void {
  const fields = RESOURCES[resource]
  if (selection === 'all' || fields === undefined) return
  for (const [name, inner] of selection) {
    const field = fields[name]
    if (name === '*') continue
    if (field === undefined) throw new FieldsError(`Invalid field selection ${name}`)
    else if (field === '' && inner !== 'all') throw new FieldsError(`Invalid field selection ${name}`)
    else checkFields(inner, field)
  }
}
