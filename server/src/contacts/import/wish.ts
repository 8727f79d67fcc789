/** What somebody wants of an import: what each column is about, and what happens to people who are known. */
import type { Basis, Language } from '../contact.ts'
import type { Role } from './roles.ts'

/** Known people: left as they are, filled where nothing is known yet, or changed to what the file says. */
export type OnKnown = 'leave' | 'fill' | 'replace'

export interface ImportWish {
  readonly roles: readonly Role[]
  /** The first line names the columns. */
  readonly headed: boolean
  readonly onKnown: OnKnown
  /** Of people whose line says nothing about it. */
  readonly language: Language
  readonly basis: Basis
  readonly basisSource: string
  /** Given to everybody in the file. */
  readonly tags: readonly string[]
}
