import { beforeAll, expect, test } from 'vitest'
import { blobs } from '../platform/blob/index.ts'
import { testDatabase } from '../testing/database.ts'
import type { InboxGround } from '../testing/inbox.ts'
import { conversationWith, inboxGround } from '../testing/inbox.ts'

const { database } = await testDatabase()
let at: InboxGround
beforeAll(async () => {
  at = await inboxGround(database, 'files')
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A reply with these files; returns paths of the message and of each file. */
async function received(
  name: string,
  files: { filename: string; contentType: string; content: Buffer; contentId?: string }[],
  html?: string,
) {
  const contactId = await at.contact(name)
  const stored = []
  for (const { content, ...file } of files) {
    const { sha256 } = await at.inside((tx) => blobs.put(tx, at.workspaceId, content))
    stored.push({ ...file, sha256 })
  }
  const id = await at.heard({
    contactId,
    text: 'See attached',
    files: stored,
    ...(html === undefined ? {} : { html }),
  })
  const conversation = await conversationWith(at, contactId)
  const { body } = await at.call(at.anna, 'GET', `/conversations/${conversation}`)
  const entry = (body['history'] as { attachments: { id: string; image: boolean; filename: string }[] }[])[0]
  return {
    message: `/messages/${id}`,
    conversation,
    files: entry?.attachments ?? [],
    paths: (entry?.attachments ?? []).map((one) => `/messages/${id}/attachments/${one.id}`),
  }
}

test('whatever a file claims to be, it is served as bytes to save', async () => {
  const { paths } = await received('Eve Page', [
    { filename: 'page.html', contentType: 'text/html', content: Buffer.from('<script>alert(1)</script>') },
    {
      filename: 'pic"\r\nX: y.svg',
      contentType: 'image/svg+xml',
      content: Buffer.from('<svg onload=alert(1)>'),
    },
    { filename: "O'Neil 契約.pdf", contentType: 'application/pdf', content: Buffer.from('%PDF') },
  ])
  const names: (string | null)[] = []
  for (const path of paths) {
    const response = await at.open(at.vera, path)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    names.push(response.headers.get('content-disposition'))
  }
  expect(new Set(names)).toEqual(
    new Set([
      "attachment; filename*=UTF-8''page.html",
      "attachment; filename*=UTF-8''pic%22%0D%0AX%3A%20y.svg",
      "attachment; filename*=UTF-8''O%27Neil%20%E5%A5%91%E7%B4%84.pdf",
    ]),
  )
})

test('an image is shown when its bytes are one, with the type that they say', async () => {
  const { paths, files } = await received('Ida Images', [
    { filename: 'true.png', contentType: 'image/png', content: png },
    { filename: 'named.jpg', contentType: 'image/jpeg', content: png },
    { filename: 'lie.png', contentType: 'image/png', content: Buffer.from('<script>alert(1)</script>') },
    { filename: 'vector.svg', contentType: 'image/svg+xml', content: Buffer.from('<svg/>') },
  ])
  const shown: Record<string, string> = {}
  for (const [n, path] of paths.entries()) {
    const response = await at.open(at.anna, `${path}/image`)
    shown[files[n]?.filename ?? ''] = `${response.status} ${response.headers.get('content-type')}`
    if (response.status === 200)
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  }
  expect(shown).toEqual({
    'true.png': '200 image/png',
    'named.jpg': '200 image/png',
    'lie.png': '415 application/problem+json',
    'vector.svg': '415 application/problem+json',
  })
  expect(files.find(({ filename }) => filename === 'vector.svg')?.image).toBe(false)
})

test('a layout is a document that can run and request nothing', async () => {
  const html =
    '<p>Hi <img alt="" data-cid="logo@1"/><img alt="" data-cid="fake@1"/><img alt="" data-remote-src="https://track.example/p.gif"/></p>'
  const { message } = await received(
    'Lara Layout',
    [
      { filename: 'logo.png', contentType: 'image/png', content: png, contentId: 'logo@1' },
      {
        filename: 'fake.png',
        contentType: 'image/png',
        content: Buffer.from('<svg onload=x>'),
        contentId: 'fake@1',
      },
    ],
    html,
  )
  const response = await at.open(at.vera, `${message}/html`)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ])
  expect(policy).not.toMatch(/allow-scripts|script-src/)
  expect([response.headers.get('x-frame-options'), response.headers.get('content-type')]).toEqual([
    'SAMEORIGIN',
    'text/html; charset=utf-8',
  ])
  const page = await response.text()
  expect(page).toContain(`src="data:image/png;base64,${png.toString('base64')}"`)
  expect(page).toContain('data-cid="fake@1"')
  expect(page).not.toMatch(/\ssrc="https/)
  const loaded = await at.open(at.vera, `${message}/html?images=loaded`)
  expect(loaded.headers.get('content-security-policy')).toContain('img-src data: https:;')
  expect(await loaded.text()).toContain('src="https://track.example/p.gif"')
})

test('files and layouts are behind the walls of their conversation', async () => {
  const { message, paths, conversation } = await received(
    'Wanda Wall',
    [{ filename: 'a.png', contentType: 'image/png', content: png }],
    '<p>x</p>',
  )
  await at.call(at.anna, 'PUT', `/conversations/${conversation}/withdrawn`, { withdrawn: true })
  const beside = await inboxGround(database, 'files-beside')
  const [path = ''] = paths
  for (const one of [
    path,
    `${path}/image`,
    `${message}/html`,
    '/messages/x/attachments/y',
    '/messages/x/html',
  ]) {
    const answers = [await at.open(at.ben, one), await beside.open(beside.anna, one)]
    expect([one, ...answers.map(({ status }) => status)]).toEqual([one, 404, 404])
  }
  expect((await at.open(at.anna, path)).status).toBe(200)
})

test.each([
  [[], undefined],
  [['layout'], 'as_text'],
  [['layout', 'text'], 'in_part'],
  [['parts', 'layout'], 'in_part'],
])('a mail whose reading broke %j is told to be shown %s', async (overLimit, shown) => {
  const contactId = await at.contact(`Lina Limit ${overLimit.join(' ')}`)
  await at.heard({ contactId, text: 'Long', overLimit })
  const { body } = await at.call(at.anna, 'GET', `/conversations/${await conversationWith(at, contactId)}`)
  expect((body['history'] as { shown?: string }[])[0]?.shown).toBe(shown)
})
