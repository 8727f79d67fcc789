/** A process that starts or joins the instance of a folder, tells its parent, and holds it until it is killed. */
import { startEmbedded } from './index.ts'

const { superuserUrl, joined } = await startEmbedded({
  folder: process.argv[2] ?? '',
  settings: { fsync: 'off' },
})
process.send?.({ superuserUrl, joined })
// neither the connection to the supervisor nor this channel keeps a process alive that listens to nothing
process.on('message', () => {})
