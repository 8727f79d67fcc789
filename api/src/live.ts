/** Live updates: one server-sent event per change, naming what changed but carrying no content. */
import { z } from 'zod'

/** The page refetches what the type concerns; `subject` is the id of the thing. */
export const LiveEvent = z.object({
  type: z.string(),
  subject: z.string().optional(),
})
export type LiveEvent = z.infer<typeof LiveEvent>
