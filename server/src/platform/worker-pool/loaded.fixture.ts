/** Tells that it was loaded. */
const channel = new BroadcastChannel('worker-pool-loaded')
channel.postMessage('loaded')
channel.close()
