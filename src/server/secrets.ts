import { readYamlObject, secretsIn } from './configuration.ts'
import type { ServerSession } from './session.ts'

const files = [
  '/matrix/synapse/config/homeserver.yaml',
  '/matrix/matrix-authentication-service/config/config.yaml',
]

/** Every secret in the server's two configuration files, for the masker. They are held in memory only, never printed. */
export async function serverSecrets(session: ServerSession): Promise<string[]> {
  const contents = await Promise.all(files.map(file => session.readFile(file)))
  const secrets = contents.flatMap(content => secretsIn(readYamlObject(content?.toString('utf8'))))
  return [...new Set(secrets)].sort((a, b) => b.length - a.length)
}
