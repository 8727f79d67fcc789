/** The two pages of the practice sign-in: who are you, and what do you allow. Own words, own look. */
import { html } from 'hono/html'
import { addressKey } from '../mime/addresses.ts'
import { type Language, page } from '../pages/layout.ts'
import type { Account } from '../store/accounts.ts'
import { type AuthorizationRequest, CLIENT } from './authorization.ts'
import { isSignInScope, scopeWords } from './scopes.ts'

const WORDS = {
  en: {
    choose: 'Choose a practice account',
    chooseFor: `to continue to ${CLIENT.name}`,
    rehearsal: 'This is the practice world. No real account is involved.',
    other: 'Use another address',
    address: 'New practice address',
    name: 'Name',
    next: 'Next',
    wants: (account: string) => `${CLIENT.name} wants access to ${account}`,
    signIn: 'Your name and address are shared in any case.',
    tick: 'Choose what to allow. You can leave out anything.',
    allow: 'Allow',
    cancel: 'Cancel',
    refused: 'The sign-in cannot go on',
  },
  de: {
    choose: 'Übungskonto auswählen',
    chooseFor: `um mit ${CLIENT.name} fortzufahren`,
    rehearsal: 'Dies ist die Übungswelt. Es ist kein echtes Konto beteiligt.',
    other: 'Eine andere Adresse verwenden',
    address: 'Neue Übungsadresse',
    name: 'Name',
    next: 'Weiter',
    wants: (account: string) => `${CLIENT.name} möchte auf ${account} zugreifen`,
    signIn: 'Ihr Name und Ihre Adresse werden in jedem Fall mitgeteilt.',
    tick: 'Wählen Sie aus, was Sie erlauben. Sie können alles weglassen.',
    allow: 'Zulassen',
    cancel: 'Abbrechen',
    refused: 'Die Anmeldung kann nicht fortgesetzt werden',
  },
} as const

/** The account chooser; the account of `login_hint` comes first and is chosen. */
export async function chooserPage(
  request: AuthorizationRequest,
  accounts: readonly Account[],
  language: Language,
): Promise<string> {
  const words = WORDS[language]
  const hint = request.loginHint === undefined ? undefined : addressKey(request.loginHint)
  const sorted = accounts.toSorted((a, b) => Number(b.key === hint) - Number(a.key === hint))
  const chosen = sorted.some((account) => account.key === hint) ? hint : sorted[0]?.key
  const content = html`<h1>${words.choose}</h1><p class="grey">${words.chooseFor}. ${words.rehearsal}</p>
<form method="post" action="/google/signin?hl=${language}">
<input type="hidden" name="request" value="${request.query}">
${sorted.map(
  (
    account,
  ) => html`<label><input type="radio" name="account" value="${account.address}" ${account.key === chosen ? 'checked' : ''}>
<span>${account.name}<br><span class="grey">${account.address}</span></span></label>`,
)}
<label><input type="radio" name="account" value="" ${chosen === undefined ? 'checked' : ''}><span>${words.other}</span></label>
<label class="field">${words.address}<input type="email" name="new_address" placeholder="name@brand.practice.example" value="${chosen === hint ? '' : (request.loginHint ?? '')}"></label>
<label class="field">${words.name}<input type="text" name="new_name"></label>
<div class="acts"><button class="main" type="submit">${words.next}</button></div></form>`
  return page({ language, title: words.choose, width: 'narrow', content })
}

/** The consent page: a tick box for every scope beyond the sign-in, all of them open. */
export async function consentPage(
  request: AuthorizationRequest,
  account: Account,
  language: Language,
): Promise<string> {
  const words = WORDS[language]
  const scopes = request.scopes.filter((scope) => !isSignInScope(scope))
  const content = html`<h1>${words.wants(account.address)}</h1><p class="grey">${words.rehearsal}</p>
<form method="post" action="/google/consent?hl=${language}">
<input type="hidden" name="request" value="${request.query}"><input type="hidden" name="account" value="${account.address}">
<p>${words.signIn}</p>${scopes.length === 0 ? '' : html`<p>${words.tick}</p>`}
${scopes.map(
  (scope) =>
    html`<label><input type="checkbox" name="scope" value="${scope}"><span>${scopeWords(scope, language)}<br><span class="grey">${scope}</span></span></label>`,
)}
<div class="acts"><button type="submit" name="decision" value="cancel">${words.cancel}</button>
<button class="main" type="submit" name="decision" value="allow">${words.allow}</button></div></form>`
  return page({ language, title: words.wants(account.address), width: 'narrow', content })
}

export async function refusalPage(error: string, sentence: string, language: Language): Promise<string> {
  const words = WORDS[language]
  const content = html`<h1>${words.refused}</h1><p>${sentence}</p><p class="grey">400 ${error}</p>`
  return page({ language, title: words.refused, width: 'narrow', content })
}
