/** The team inbox: conversations over threads, and the words that people write. */
export { followMessages, followUnsent } from './follow.ts'
export { refreshPreview } from './refresh-preview.ts'
export { directAuthor } from './write.ts'
