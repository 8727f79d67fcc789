/** What the fuzzer begins with: every sample mail of server/testdata as a message, and the files of a folder beside. */
import { readdir, readFile } from 'node:fs/promises'

const testdata = new URL('../testdata/', import.meta.url)
const head = 'From: Lena <lena@agency.example>\r\nTo: anna@brand.example\r\nSubject: Re: Campaign\r\n'

export interface Samples {
  /** Octets as characters, so that a mutation is an edit of text. */
  readonly messages: readonly string[]
  /** Pieces of HTML that would like to run. */
  readonly attacks: readonly string[]
}

export async function samplesFrom(folder?: string): Promise<Samples> {
  const names = (await readdir(testdata)).toSorted()
  const mails = await Promise.all(names.filter((name) => name.endsWith('.eml')).map((name) => read(name)))
  const reports = casesOf(await read('dialects/reports.txt')).map((text) => text.replace(/^= .*\n/, ''))
  const replies = casesOf(await read('dialects/replies.txt')).map((text) =>
    bodied(text.split('\n%=\n')[0] ?? ''),
  )
  const lines = await Promise.all(
    (await readdir(new URL('lines/', testdata))).toSorted().map((name) => read(`lines/${name}`)),
  )
  const attacks = (await read('xss.txt')).split('\n').filter((line) => line !== '' && !line.startsWith('# '))
  const given = folder === undefined ? [] : await filesUnder(folder)
  return {
    messages: [...mails, ...reports, ...replies, ...lines.map(bodied), ...attacks.map(page), ...given],
    attacks,
  }
}

async function read(name: string): Promise<string> {
  return await readFile(new URL(name, testdata), 'latin1')
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
  return await Promise.all(paths.toSorted().map((path) => readFile(path, 'latin1')))
}

function casesOf(file: string): string[] {
  return file
    .split(/^%% /m)
    .slice(1)
    .map((text) => text.slice(text.indexOf('\n') + 1))
}

function bodied(body: string): string {
  return body.startsWith('<')
    ? page(body)
    : `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}`
}

function page(html: string): string {
  return `${head}Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Hi</p>${html}<p>x</p>`
}
