/** The team inbox: conversations over threads, and the words that people write. */
export { followMessages } from './follow.ts'
export { directAuthor } from './write.ts'
