/** The story that a practice workspace may begin with: telling it, watching it, taking it away again. */
import { z } from 'zod'

export const RehearsalStep = z.enum([
  'world',
  'mailboxes',
  'people',
  'campaigns',
  'invitations',
  'answers',
  'decisions',
  'finish',
])
export type RehearsalStep = z.infer<typeof RehearsalStep>

export const Rehearsal = z.object({
  /** `none`: the workspace has no story. `stuck`: a step failed several times; beginning again goes on there. */
  state: z.enum(['none', 'running', 'ready', 'stuck']),
  /** In the order in which they happen; the first `done` of them are over. */
  steps: z.array(RehearsalStep),
  done: z.number().int(),
  /** Page of the practice world for people; absent when it is not running. */
  worldUrl: z.string().optional(),
})
export type Rehearsal = z.infer<typeof Rehearsal>
