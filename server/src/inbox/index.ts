/** The team inbox: conversations over threads, and the words that people write. */
export { followMessages, followUnsent } from './follow.ts'
export { gatherMerged } from './gather.ts'
export { carryLayout, directAuthor } from './author.ts'
export { refreshPreview } from './refresh-preview.ts'
export { assignedOf, conversationById } from './store-conversation.ts'
export { sightOf } from './store-sight.ts'
