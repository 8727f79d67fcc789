import { expect, test } from 'vitest'
import { fitted, type LetterFile, rejectedAsLinks } from './letter-file.ts'

const file = (uploadId: string, size: number, asLink = false): LetterFile => ({
  uploadId,
  filename: `${uploadId}.pdf`,
  size,
  asLink,
})

test('the largest files become links until the others fit; a chosen link stays one', () => {
  const files = [file('a', 4), file('b', 9), file('c', 2, true), file('d', 5)]
  const links = (limit: number) =>
    fitted(files, limit)
      .filter((one) => one.asLink)
      .map((one) => one.uploadId)
  expect([links(20), links(18), links(17), links(8), links(0)]).toEqual([
    ['c'],
    ['c'],
    ['b', 'c'],
    ['b', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
  ])
})

test('in a mail to many a file of a kind that providers reject is a link, and leaves its room to the others', () => {
  const files = [{ ...file('a', 4), linkOnly: true }, file('b', 9)]
  expect(fitted(rejectedAsLinks(files), 9).map((one) => one.asLink)).toEqual([true, false])
})
