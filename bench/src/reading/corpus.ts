/**
 * The corpus of B5: always the same, in the repository or built from it. Our sample mails; answers in sixteen languages;
 * mails that are hard to take apart; two of 700 KB of nested HTML; and one mail per written attack.
 */
import { readFile, readdir } from 'node:fs/promises'
import { alternative, html, letter, plain } from './mime.ts'
import { replies } from './replies.ts'
import type { Sample } from './sample.ts'
import { torture } from './torture.ts'

const testdata = new URL('../../../server/testdata/', import.meta.url)
const nestedBytes = 700_000

export async function corpus(): Promise<readonly Sample[]> {
  return [
    ...(await ownSamples()),
    ...(await dialects()),
    ...replies(),
    ...torture(),
    ...nested(),
    ...(await attacks()),
  ]
}

async function ownSamples(): Promise<Sample[]> {
  const names = (await readdir(testdata)).filter((name) => name.endsWith('.eml')).toSorted()
  return await Promise.all(
    names.map(async (name) => ({ name, group: 'sample', raw: await readFile(new URL(name, testdata)) })),
  )
}

// their own tests cut these texts, so they tell nothing of who cuts better
async function dialects(): Promise<Sample[]> {
  const text = await readFile(new URL('dialects/replies.txt', testdata), 'utf8')
  return text
    .split(/^%% /m)
    .slice(1)
    .map((each) => {
      const name = each.slice(0, each.indexOf('\n'))
      const body = each.slice(name.length + 1).split('\n%=\n')[0] ?? ''
      return { name, group: 'sample', raw: body.startsWith('<') ? html(body) : plain(body) }
    })
}

/** The written attacks, each in a letter that would be dull without it. */
async function attacks(): Promise<Sample[]> {
  const lines = (await readFile(new URL('xss.txt', testdata), 'utf8')).split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((attack) => ({
      name: attack.slice(0, 60),
      group: 'attack',
      raw: letter(
        'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit',
        `<p>Hi</p>${attack}<p>x</p>`,
      ),
    }))
}

function nested(): Sample[] {
  const visible = 'Yes, that suits me.'
  const answered = `${visible}\n\nOn Tue, Nov 5, 2024 at 9:02 AM Anna Keller <anna@brand.example> wrote:\n\n> Does it?`
  return [
    {
      name: 'forty quoted newsletters',
      group: 'nested',
      raw: alternative(answered, quotedNewsletters(visible)),
      visible,
    },
    { name: 'a tree of tables', group: 'nested', raw: html(treeOfTables(visible)), says: [visible] },
    { name: 'elements in elements alone', group: 'nested', raw: html(hollow(visible)), says: [visible] },
  ]
}

/** A thread that has been answered forty times, with a newsletter's markup in each answer. */
function quotedNewsletters(visible: string): string {
  const levels = 40
  const cell = `<td style="padding:8px 12px;border-bottom:1px solid #eeeeee;font-family:Arial,sans-serif;font-size:14px;color:#333333" valign="top"><a href="https://shop.example/p?utm_source=mail&amp;id=1" style="color:#aa3300;text-decoration:none">Bread &amp; butter</a> <span style="font-size:11px">4,90&nbsp;€</span></td>`
  const row = `<tr>${cell.repeat(3)}</tr>`
  const rows = Math.floor(nestedBytes / levels / row.length)
  const table = `<table width="600" cellpadding="0" cellspacing="0" border="0" align="center"><tbody>${row.repeat(rows)}</tbody></table>`
  const opened = `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Nov 5, 2024 at 9:02 AM Anna Keller &lt;anna@brand.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${table}`
  return `<div dir="ltr">${visible}</div><br>${opened.repeat(levels)}${'</blockquote></div>'.repeat(levels)}`
}

function treeOfTables(visible: string): string {
  const opened = '<table width="100%" style="border-collapse:collapse"><tbody><tr><td style="padding:1px">'
  const closed = '</td></tr></tbody></table>'
  const depth = 60
  const tree = opened.repeat(depth) + `x`.repeat(20) + closed.repeat(depth)
  return `<p>${visible}</p>${tree.repeat(Math.floor(nestedBytes / tree.length))}`
}

function hollow(visible: string): string {
  const opened = '<div style="margin:0">'
  return `<p>${visible}</p>${opened.repeat(nestedBytes / (opened.length + 6))}x${'</div>'.repeat(nestedBytes / (opened.length + 6))}`
}
