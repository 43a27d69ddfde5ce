import { readYamlObject, secretsIn } from './configuration.ts'
import { homeserverYaml, masConfigYaml } from './names.ts'
import type { ServerSession } from './session.ts'

/** All secrets in the server's two configuration files, for the masker. They stay in memory and are never printed. */
export async function serverSecrets(session: ServerSession): Promise<string[]> {
  const contents = await Promise.all([homeserverYaml, masConfigYaml].map(file => session.readFile(file)))
  const secrets = contents.flatMap(content => secretsIn(readYamlObject(content?.toString('utf8'))))
  return [...new Set(secrets)].sort((a, b) => b.length - a.length)
}
