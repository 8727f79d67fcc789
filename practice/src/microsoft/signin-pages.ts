/** The pages of the practice sign-in at Microsoft: who are you, do you allow this, an admin must. Own words, own look. */
import { html } from 'hono/html'
import { addressKey } from '../mime/addresses.ts'
import { type Html, type Language, page } from '../pages/layout.ts'
import type { Account } from '../store/accounts.ts'
import type { Refusal } from './aad-errors.ts'
import { scopeWords } from './scopes.ts'
import { CLIENT } from './tenant.ts'

const WORDS = {
  en: {
    choose: 'Choose a practice work account',
    chooseFor: `to continue to ${CLIENT.name}`,
    rehearsal: 'This is the practice world. No real account is involved.',
    other: 'Use another address',
    address: 'New practice address',
    name: 'Name',
    next: 'Next',
    asks: (account: string) => `${CLIENT.name} asks for permissions of ${account}`,
    asksForAll: `${CLIENT.name} asks for permissions for everybody in this organisation`,
    whole: 'It is all of this or nothing.',
    accept: 'Accept',
    cancel: 'Cancel',
    adminTitle: 'An admin has to allow this',
    admin: `Your organisation lets only an admin allow ${CLIENT.name} to read mail. Ask your admin, then connect again.`,
    adminLink: 'Page for the admin',
    back: 'Back without consent',
    refused: 'The sign-in cannot go on',
  },
  de: {
    choose: 'Geschäftliches Übungskonto auswählen',
    chooseFor: `um mit ${CLIENT.name} fortzufahren`,
    rehearsal: 'Dies ist die Übungswelt. Es ist kein echtes Konto beteiligt.',
    other: 'Eine andere Adresse verwenden',
    address: 'Neue Übungsadresse',
    name: 'Name',
    next: 'Weiter',
    asks: (account: string) => `${CLIENT.name} bittet um Berechtigungen für ${account}`,
    asksForAll: `${CLIENT.name} bittet um Berechtigungen für alle in dieser Organisation`,
    whole: 'Es gilt alles davon oder nichts.',
    accept: 'Annehmen',
    cancel: 'Abbrechen',
    adminTitle: 'Ein Admin muss das erlauben',
    admin: `In Ihrer Organisation darf nur ein Admin erlauben, dass ${CLIENT.name} E-Mails liest. Fragen Sie Ihren Admin und verbinden Sie dann erneut.`,
    adminLink: 'Seite für den Admin',
    back: 'Zurück ohne Zustimmung',
    refused: 'Die Anmeldung kann nicht fortgesetzt werden',
  },
} as const

/** What every page of one sign-in carries on. */
export interface SignIn {
  readonly tenant: string
  readonly query: string
  readonly language: Language
}

/** The account chooser; the account of `login_hint` comes first and is chosen. */
export async function chooserPage(
  signIn: SignIn,
  accounts: readonly Account[],
  loginHint: string | undefined,
): Promise<string> {
  const words = WORDS[signIn.language]
  const hint = loginHint === undefined ? undefined : addressKey(loginHint)
  const sorted = accounts.toSorted((a, b) => Number(b.key === hint) - Number(a.key === hint))
  const chosen = sorted.some((account) => account.key === hint) ? hint : sorted[0]?.key
  const content = html`<h1>${words.choose}</h1><p class="grey">${words.chooseFor}. ${words.rehearsal}</p>
<form method="post" action="/microsoft/${signIn.tenant}/signin?hl=${signIn.language}">
<input type="hidden" name="request" value="${signIn.query}">
${sorted.map(
  (
    account,
  ) => html`<label><input type="radio" name="account" value="${account.address}" ${account.key === chosen ? 'checked' : ''}>
<span>${account.name}<br><span class="grey">${account.address}</span></span></label>`,
)}
<label><input type="radio" name="account" value="" ${chosen === undefined ? 'checked' : ''}><span>${words.other}</span></label>
<label class="field">${words.address}<input type="email" name="new_address" placeholder="name@office.practice.example" value="${chosen === hint ? '' : (loginHint ?? '')}"></label>
<label class="field">${words.name}<input type="text" name="new_name"></label>
<div class="acts"><button class="main" type="submit">${words.next}</button></div></form>`
  return page({ language: signIn.language, title: words.choose, width: 'narrow', content })
}

/** The consent page: all scopes together, to be accepted or not. */
export async function consentPage(
  signIn: SignIn,
  account: Account,
  scopes: readonly string[],
): Promise<string> {
  const words = WORDS[signIn.language]
  const content = html`<h1>${words.asks(account.address)}</h1><p class="grey">${words.rehearsal}</p>
<form method="post" action="/microsoft/${signIn.tenant}/consent?hl=${signIn.language}">
<input type="hidden" name="request" value="${signIn.query}"><input type="hidden" name="account" value="${account.address}">
${asked(scopes, signIn.language)}${decision(words.accept, words.cancel)}</form>`
  return page({ language: signIn.language, title: words.asks(account.address), width: 'narrow', content })
}

/** Under the managed policy: only an admin can allow this. */
export async function needsAdminPage(
  signIn: SignIn,
  account: Account,
  adminConsentUrl: string,
): Promise<string> {
  const words = WORDS[signIn.language]
  const content = html`<h1>${words.adminTitle}</h1><p>${words.admin}</p><p class="grey">AADSTS90094 · ${account.address}</p>
<p><a href="${adminConsentUrl}">${words.adminLink}</a></p>
<form method="post" action="/microsoft/${signIn.tenant}/consent?hl=${signIn.language}">
<input type="hidden" name="request" value="${signIn.query}"><input type="hidden" name="account" value="${account.address}">
<div class="acts"><button type="submit" name="decision" value="cancel">${words.back}</button></div></form>`
  return page({ language: signIn.language, title: words.adminTitle, width: 'narrow', content })
}

/** What an admin is asked, for everybody. */
export async function adminPage(signIn: SignIn, scopes: readonly string[]): Promise<string> {
  const words = WORDS[signIn.language]
  const content = html`<h1>${words.asksForAll}</h1><p class="grey">${words.rehearsal}</p>
<form method="post" action="/microsoft/${signIn.tenant}/adminconsent?hl=${signIn.language}">
<input type="hidden" name="request" value="${signIn.query}">
${asked(scopes, signIn.language)}${decision(words.accept, words.cancel)}</form>`
  return page({ language: signIn.language, title: words.asksForAll, width: 'narrow', content })
}

function asked(scopes: readonly string[], language: Language): Html | Promise<Html> {
  return html`<ul>${scopes.map(
    (scope) => html`<li>${scopeWords(scope, language)} <span class="grey">${scope}</span></li>`,
  )}</ul><p class="grey">${WORDS[language].whole}</p>`
}

function decision(accept: string, cancel: string): Html | Promise<Html> {
  return html`<div class="acts"><button type="submit" name="decision" value="cancel">${cancel}</button>
<button class="main" type="submit" name="decision" value="allow">${accept}</button></div>`
}

export async function refusalPage(refusal: Refusal, language: Language): Promise<string> {
  const words = WORDS[language]
  const content = html`<h1>${words.refused}</h1><p>${refusal.sentence}</p><p class="grey">AADSTS${refusal.code} ${refusal.error}</p>`
  return page({ language, title: words.refused, width: 'narrow', content })
}
