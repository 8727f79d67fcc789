/** The words of a certificate in one language. Counts come with their words, so that each language bends them itself. */
import type { CertificateContent, CertificateKind } from '../privacy.ts'

type Permission = NonNullable<CertificateContent['permission']>['end']
type Waiting = NonNullable<CertificateContent['waiting']>['choice']

export interface Words {
  readonly locale: string
  readonly title: Readonly<Record<CertificateKind, string>>
  readonly lead: string
  readonly fact: {
    readonly number: string
    readonly workspace: string
    readonly mailbox: string
    readonly decided: string
    readonly permission: string
    readonly waiting: string
    readonly stored: string
    readonly stays: string
    readonly seal: string
  }
  readonly provider: Readonly<Record<CertificateContent['mailbox']['provider'], string>>
  readonly level: Readonly<Record<CertificateContent['mailbox']['level'], string>>
  readonly mailbox: (about: {
    readonly address: string
    readonly provider: string
    readonly level: string
    readonly since: string
  }) => string
  readonly permission: Readonly<Record<Permission, (provider: string) => string>>
  readonly endsOthers: (provider: string) => string
  readonly none: string
  readonly waiting: Readonly<Record<Waiting, (count: string, to: string, isOne: boolean) => string>>
  readonly kept: (count: string, size: string) => string
  readonly nothingErased: string
  readonly erased: (about: {
    readonly count: string
    readonly files: string
    readonly isOneFile: boolean
    readonly size: string
    readonly when: string
  }) => string
  readonly log: (count: string, isOne: boolean) => string
  readonly barred: (count: string, isOne: boolean) => string
  readonly sealed: string
  readonly issued: (when: string) => string
  readonly page: (page: number, pages: number) => string
}
