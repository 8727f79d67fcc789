/** What is wrong with a text that is to go to many, as a refusal that names the field. Pure. */
import type { MergeProblem, Message } from '../templates/index.ts'
import { messageProblem } from '../templates/index.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** The refusal for a message that cannot be sent to anybody. */
export function textProblem({ texts }: Message, known: readonly string[]): Refusal | undefined {
  if (texts.en === undefined && texts.de === undefined) return refuse('message_empty')
  const broken = messageProblem(texts, known)
  return broken === undefined ? undefined : refusalOf(broken.field, broken.problem)
}

/** What is wrong with a text, and in which field. */
export function refusalOf(field: string, problem: MergeProblem): Refusal {
  return problem.code === 'not_a_variable'
    ? refuse(problem.code, { field, text: problem.text })
    : refuse(problem.code, { field, name: problem.name })
}
