import { join } from 'node:path'
import { copyImage, docker, hasImage, mustDocker } from '../engine/docker.ts'
import type { Engine } from '../engine/ground.ts'
import { bash, timed } from '../engine/run.ts'
import { debianImage } from './engine-image.ts'
import type { MachineSetup } from './machine.ts'

const name = 'localhost/lab/debian:bookworm'

/** Puts Debian 12 on the engine: from a found engine, else from a registry, else as debootstrap makes it. */
export async function provideDebian(engine: Engine, machine: MachineSetup, folder: string): Promise<string> {
  if (await hasImage(engine, name)) return name
  const puller = engine.ground.puller
  if (puller !== undefined) await copyImage(debianImage, puller, engine)
  else if ((await docker(engine, ['pull', '--quiet', debianImage])).code !== 0) {
    await timed('debootstrap', () => importBootstrapped(engine, machine, folder))
    return name
  }
  await mustDocker(engine, ['tag', debianImage, name])
  return name
}

function importBootstrapped(engine: Engine, machine: MachineSetup, folder: string): Promise<string> {
  return bash(
    `debootstrap --variant=minbase bookworm "$ROOT" \${MIRROR:+"$MIRROR"} >"$LOG" 2>&1 || { tail -20 "$LOG"; exit 1; }\n` +
      'tar -C "$ROOT" --exclude=./proc/* --exclude=./sys/* --exclude=./var/cache/apt/archives/*.deb -c . | docker -H "$HOST" import - "$NAME"',
    {
      env: {
        ...process.env,
        ROOT: join(folder, 'debian'),
        MIRROR: machine.mirror ?? '',
        LOG: join(folder, 'debootstrap.log'),
        HOST: `unix://${engine.socket}`,
        NAME: name,
      },
    },
  )
}
