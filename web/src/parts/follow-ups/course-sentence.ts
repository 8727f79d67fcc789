/** Where somebody stands among follow-ups, as one sentence: when the next one comes, or why none does. */
import type { Course } from '@kontor/api/follow-ups'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../../client/language.ts'
import { useReasonSentence } from '../reason.ts'

export type Standing = Pick<Course, 'state' | 'n' | 'of' | 'byHand' | 'dueAt' | 'reason'>

/** Which of the sentences says it. Pure. */
export function courseKey({ state, byHand, dueAt }: Standing): CourseKey {
  if (state === 'done' || state === 'stopped' || state === 'reminder') return state
  if (dueAt === undefined) return 'before'
  return byHand ? 'remindOn' : 'leaves'
}
type CourseKey = 'done' | 'stopped' | 'reminder' | 'before' | 'remindOn' | 'leaves'

export function useCourseSentence(): (standing: Standing) => string {
  const { t } = useTranslation('followups')
  const times = useTimes()
  const reason = useReasonSentence()
  return (standing) => {
    const { n, of, dueAt } = standing
    const when = dueAt === undefined ? '' : times.about(dueAt)
    const said = t(`course.${courseKey(standing)}`, { n, of, when })
    return standing.reason === undefined ? said : `${said} ${reason(standing.reason)}`
  }
}
