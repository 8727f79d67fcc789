/**
 * The cast of the first day: five brand mailboxes (three at Google, one at Microsoft, one on the practice mail server), two that
 * are shared with the one at Microsoft, two dozen influencers, and the foreign mail that lies around.
 */
import { chanceOf } from '../chance.ts'
import type { Clock } from '../clock.ts'
import {
  BRAND_DOMAIN,
  MANAGEMENT_DOMAIN,
  OFFICE_DOMAIN,
  PEOPLE_DOMAIN,
  POST_DOMAIN,
} from '../mime/addresses.ts'
import { compose } from '../mime/compose.ts'
import { inventPerson, keepPerson, TEMPERAMENTS } from '../people/people.ts'
import { accountAt, keepAccount, keepSendAs, keepSharedAccess } from '../store/accounts.ts'
import type { Store } from '../store/store.ts'
import type { Delivery } from '../world/delivery.ts'
import { FOREIGN_LETTERS } from './letters.ts'

const BRANDS = [
  { address: `anna.keller@${BRAND_DOMAIN}`, name: 'Anna Keller', language: 'de' },
  { address: `ben.vogt@${BRAND_DOMAIN}`, name: 'Ben Vogt', language: 'de' },
  { address: `team@${BRAND_DOMAIN}`, name: 'Team Nordlicht', language: 'en' },
  { address: `team@${OFFICE_DOMAIN}`, name: 'Nordlicht Office', language: 'en' },
  { address: `studio@${POST_DOMAIN}`, name: 'Nordlicht Studio', language: 'en' },
] as const

/** Shared with the office: one for everything, one to read but not to send from. */
const SHARED = [
  { address: `hello@${OFFICE_DOMAIN}`, name: 'Nordlicht Hello', language: 'en', sendAs: true },
  { address: `press@${OFFICE_DOMAIN}`, name: 'Nordlicht Press', language: 'en', sendAs: false },
] as const

const CAST_SIZE = 24
const SEEDED = 'seeded'
const HOUR_MS = 3_600_000

/** Creates the cast once; a second call changes nothing. */
export async function seedCast(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly delivery: Delivery
}): Promise<void> {
  const { store, clock, delivery } = parts
  if (store.setting(SEEDED) !== undefined) return
  const now = clock.now()
  const letters = await Promise.all(
    BRANDS.flatMap((brand) =>
      FOREIGN_LETTERS.map(async (letter, index) => {
        const hoursAgo = 4 + Math.floor(chanceOf('letters', brand.address, index) * 130)
        const at = now - hoursAgo * HOUR_MS
        const raw = await compose({
          from: letter.from,
          to: [brand],
          subject: letter.subject,
          text: letter.text,
          messageId: `<${index}.${brand.address.replace('@', '.')}@${letter.from.address.split('@')[1] ?? 'example'}>`,
          dateMs: at,
          headers: letter.headers,
        })
        return { brand: brand.address, raw, labels: letter.labels, at }
      }),
    ),
  )
  store.transaction(() => {
    for (const brand of BRANDS) keepAccount(store, brand, now)
    keepIdentities(store)
    for (const { sendAs, ...shared } of SHARED)
      keepSharedAccess(store, keepAccount(store, shared, now), BRANDS[3].address, { read: true, sendAs })
    for (let index = 0; index < CAST_SIZE; index += 1) {
      keepPerson(store, castMember(index), now)
    }
    for (const letter of letters.toSorted((a, b) => a.at - b.at)) {
      const account = accountAt(store, letter.brand)
      if (account !== undefined)
        delivery.deliver(account, letter.raw, { labels: letter.labels, source: 'delivered', at: letter.at })
    }
    store.keep(SEEDED, String(now))
  })
}

/** The first ten show one temperament each; the rest follow the usual shares. Their names differ, so addresses need no number. */
function castMember(index: number): ReturnType<typeof inventPerson> {
  const invented = inventPerson('cast', index)
  const temperament = TEMPERAMENTS[index] ?? invented.temperament
  const plain = invented.address.slice(0, invented.address.indexOf('.cast-'))
  const manager = temperament === 'manager' ? `office.${plain}@${MANAGEMENT_DOMAIN}` : ''
  return { ...invented, address: `${plain}@${PEOPLE_DOMAIN}`, temperament, manager }
}

function keepIdentities(store: Store): void {
  const anna = accountAt(store, BRANDS[0].address)
  if (anna === undefined) return
  keepSendAs(store, anna, {
    address: anna.address,
    name: anna.name,
    replyTo: '',
    signature: '<div>Anna Keller<br>Partnerships, Nordlicht Outdoor</div>',
    isDefault: true,
    accepted: true,
  })
  keepSendAs(store, anna, {
    address: `partnerships@${BRAND_DOMAIN}`,
    name: 'Nordlicht Partnerships',
    replyTo: '',
    signature: '',
    isDefault: false,
    accepted: true,
  })
  keepSendAs(store, anna, {
    address: `press@${BRAND_DOMAIN}`,
    name: 'Nordlicht Presse',
    replyTo: '',
    signature: '',
    isDefault: false,
    accepted: false,
  })
}
