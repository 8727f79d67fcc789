/** Rehearsal: the story that a practice workspace may begin with, told by the product's own acts. */
export type { RehearsalParts } from './parts.ts'
export { createPracticeWorld } from './practice-world.ts'
