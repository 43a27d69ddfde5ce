import { bash, type HowToRun, must, type Ran, run } from './run.ts'

/** An engine as the docker client finds it: by its socket, or, where left out, by the client's own settings. */
export interface DockerHost {
  readonly socket?: string
}

const hostOptions = ({ socket }: DockerHost) => (socket === undefined ? [] : ['-H', `unix://${socket}`])

/** The docker client on this engine. */
export function docker(host: DockerHost, args: readonly string[], how: HowToRun = {}): Promise<Ran> {
  return run(['docker', ...hostOptions(host), ...args], how)
}

export function mustDocker(host: DockerHost, args: readonly string[], how: HowToRun = {}): Promise<string> {
  return must(['docker', ...hostOptions(host), ...args], how)
}

export async function engineAnswers(host: DockerHost): Promise<boolean> {
  return (await docker(host, ['version', '--format', '{{.Server.Version}}'])).code === 0
}

export async function hasImage(host: DockerHost, image: string): Promise<boolean> {
  return (await docker(host, ['image', 'inspect', image])).code === 0
}

/** Copies an image from one engine to another, under the same name. */
export async function copyImage(image: string, from: DockerHost, to: DockerHost): Promise<void> {
  const words = [...hostOptions(from), 'save', image].map(shellQuoted).join(' ')
  await bash(`docker ${words} | docker ${hostOptions(to).map(shellQuoted).join(' ')} load >/dev/null`)
}

/** One word of a bash command. */
export const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
