/**
 * The mbox format (RFC 4155) in its "mboxrd" dialect, which loses nothing: every line that begins with any number of
 * ">" and "From " gets one ">" more, and a reader takes exactly one away. Lines end with LF.
 */

/** One message as it stands in an mbox file, with the empty line that ends it. */
export function mboxEntry(
  raw: Uint8Array,
  { from, at }: { readonly from: string; readonly at: Temporal.Instant },
): Uint8Array {
  const text = Buffer.from(raw)
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replaceAll(/^(>*From )/gm, '>$1')
  const sender = /^[^\s<>]+@[^\s<>]+$/.test(from) ? from : 'MAILER-DAEMON'
  const ended = text.endsWith('\n') ? text : `${text}\n`
  return Buffer.concat([
    Buffer.from(`From ${sender} ${asctime(at)}\n`, 'utf8'),
    Buffer.from(`${ended}\n`, 'latin1'),
  ])
}

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

// RFC 4155 appendix A: the date as C's asctime writes it, in UTC
function asctime(at: Temporal.Instant): string {
  const { dayOfWeek, month, day, hour, minute, second, year } = at.toZonedDateTimeISO('UTC')
  const two = (n: number) => String(n).padStart(2, '0')
  return `${days[dayOfWeek - 1]} ${months[month - 1]} ${String(day).padStart(2, ' ')} ${two(hour)}:${two(minute)}:${two(second)} ${year}`
}
