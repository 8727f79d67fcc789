import { expect, test } from 'vitest'
import { FieldsError, parseFields, select } from './fields.ts'

const HISTORY = {
  history: [
    { id: '7', messagesAdded: [{ message: { id: 'a', threadId: 't', labelIds: ['INBOX'] } }] },
    { id: '8', messages: [{ id: 'b', threadId: 't' }] },
  ],
  historyId: '9',
}

test.for([
  ['historyId', { historyId: '9' }],
  ['history/id', { history: [{ id: '7' }, { id: '8' }] }],
  [
    'history(id,messagesAdded/message(id,threadId)),historyId',
    {
      history: [{ id: '7', messagesAdded: [{ message: { id: 'a', threadId: 't' } }] }, { id: '8' }],
      historyId: '9',
    },
  ],
  ['history/messagesAdded/message/id', { history: [{ messagesAdded: [{ message: { id: 'a' } }] }, {}] }],
  ['history/*/id', { history: [{ messagesAdded: [{}] }, { messages: [{ id: 'b' }] }] }],
  ['*', HISTORY],
  ['snippet', undefined],
  ['historyId,historyId', { historyId: '9' }],
] as const)('fields=%s keeps just that', ([fields, kept]) => {
  expect(select(HISTORY, parseFields(fields))).toEqual(kept)
})

test.for(['', 'id,', '(id)', 'history(id', 'history)', 'a//b', 'a b'])('fields=%s is refused', (fields) => {
  expect(() => parseFields(fields)).toThrow(FieldsError)
})
