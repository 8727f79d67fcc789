/** Takes the session of somebody at the API into a window, so that only one test has to fill in the sign-in form. */
import type { Programs } from '../programs.ts'
import type { Person } from '../watch.ts'
import type { PersonAtApi } from './person-at-api.ts'

export async function enter(
  window: Pick<Person, 'context'>,
  person: PersonAtApi,
  { product }: Programs,
): Promise<void> {
  const cookies = person.cookies().map(([name, value]) => ({ name, value, url: product }))
  await window.context.addCookies(cookies)
}
