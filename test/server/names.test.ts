import { expect, test } from 'vitest'
import { workerUrls } from '../../src/server/names.ts'
import type { ServerSession } from '../../src/server/session.ts'

const files: Readonly<Record<string, string>> = {
  reader: `worker_listeners:
  - {type: metrics, port: 19101}
  - {type: http, port: 18101, resources: [{names: [client, federation]}]}`,
  writer: 'worker_listeners: [{type: http, port: 19111, resources: [{names: [replication]}]}]',
  sender: 'worker_app: synapse.app.generic_worker',
  broken: 'worker_listeners: [',
}

test('the workers that serve clients are found by their configuration', async () => {
  const readFile = async (path: string) => {
    const unit = /^\/matrix\/synapse\/config\/worker\.(\w+)\.yaml$/.exec(path)?.[1] ?? ''
    return files[unit]
  }
  const urls = await workerUrls({ readFile } as ServerSession, [...Object.keys(files), 'without-a-file'])
  expect(urls).toEqual(['http://reader:18101'])
})
